"""An S3 server on 127.0.0.1, kept in memory, until it is ended.

Prints one line of JSON: its address, and a key that may do everything; others may nothing. Argument: a bucket to
make; it has the folder `empty`, an object of its own as some programs make them.
"""

import json
import os
import sys
import threading

# What makes the key comes before keys are asked for.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "5"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import boto3  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
server.start()
url = "http://127.0.0.1:%d" % server.get_host_and_port()[1]


def client(service):
    access = {"aws_access_key_id": "first", "aws_secret_access_key": "first"}
    return boto3.client(service, endpoint_url=url, region_name="us-east-1", **access)


iam = client("iam")
iam.create_user(UserName="owner")
key = iam.create_access_key(UserName="owner")["AccessKey"]
everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="owner", PolicyName="everything", PolicyDocument=json.dumps(everything))
client("s3").create_bucket(Bucket=sys.argv[1])
client("s3").put_object(Bucket=sys.argv[1], Key="empty/")
print(json.dumps({"url": url, "key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}), flush=True)
threading.Event().wait()
