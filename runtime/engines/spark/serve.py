"""Runs a Spark Connect server until standard input ends, which it does when the parent is gone.

Arguments: the master, such as local[*], and a private folder for what Spark writes.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pyspark

master, folder = sys.argv[1:]
home = os.path.dirname(pyspark.__file__)


def leash():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


def listeners(port):
    """The accounts whose sockets listen on a port."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not os.path.exists(table):
            continue
        with open(table, encoding="ascii") as rows:
            for row in map(str.split, rows):
                if row[3] == "0A" and row[1].endswith(f":{port:04X}"):
                    yield int(row[7])


threading.Thread(target=leash, daemon=True).start()

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]

settings = {
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": port,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    # The driver's and the block manager's port: with a secret that the server makes for itself.
    "spark.authenticate": "true",
    "spark.local.dir": folder,
    "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
}
command = [os.path.join(home, "bin", "spark-submit"), "--master", master]
# What Spark and its libraries unpack is for nobody else to read; quoted as spark-submit reads options.
quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
command += ["--driver-java-options", f'"-Djava.io.tmpdir={quoted}"']
command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
for name, value in settings.items():
    command += ["--conf", f"{name}={value}"]
# SPARK_REMOTE chose this engine, and spark-submit refuses a master beside it.
env = {name: value for name, value in os.environ.items() if name != "SPARK_REMOTE"}
server = subprocess.Popen(
    [*command, "spark-internal"],
    stdin=subprocess.DEVNULL,
    stdout=sys.stderr,
    env={**env, "SPARK_HOME": home},
)

while server.poll() is None:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        # The port was free for a moment, and our token must not go to whoever took it.
        others = set(listeners(port)) - {os.getuid()}
        if others:
            print(f"The account {min(others)} has taken the port {port}, meant for Spark.", file=sys.stderr)
            sys.stderr.flush()
            os.killpg(0, signal.SIGKILL)
        print(f"port {port}", flush=True)
        break
    except OSError:
        time.sleep(0.1)
# Not sys.exit: the thread that reads standard input would crash Python's end, and hide the server's.
code = server.wait()
os._exit(code if code >= 0 else 128 - code)
