"""Runs Sail until standard input ends, which it does when the parent is gone."""

import os
import signal
import sys

from pysail.spark import SparkConnectServer

server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
_, port = server.listening_address
print(f"port {port}", flush=True)

sys.stdin.buffer.read()
# The group holds the workers of functions too; a graceful end would wait for what they compute.
os.killpg(0, signal.SIGKILL)
