"""PySpark's client on a Sail server of its own, for `npm run bench udf`: a sum of a function's values for each line."""

import os
import sys

import pysail.spark
import pyspark.sql.functions as F
from pyspark.sql.connect.session import SparkSession

rows, use_arrow = int(sys.argv[1]), sys.argv[2] == "true"

server = pysail.spark.SparkConnectServer(port=0)
server.start(background=True)
_, port = server.listening_address
spark = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()


@F.udf(returnType="int", useArrow=use_arrow)
def length(n, text):
    return n % 7 + len(text)


df = spark.range(rows).selectExpr("id", "concat('host-', id) AS text")
for _ in sys.stdin:
    print(df.agg(F.sum(length("id", "text"))).collect()[0][0], flush=True)
server.stop()
os._exit(0)  # the client's threads wait for the server, which is gone
