"""Runs a Spark Connect server until standard input ends, which it does when the parent is gone.

Arguments: the master, such as local[*], and a private folder for what Spark writes. SIGHTLINE_SPARK_SETTINGS has further
settings, as JSON.
"""

import json

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

given = json.loads(os.environ.get("SIGHTLINE_SPARK_SETTINGS") or "{}")
# What Spark and its libraries unpack is for nobody else to read; quoted as spark-submit reads options.
quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
# A session of some minutes pays more for compiling Spark's planning and tasks a second time (C2) than it gains, on the cores
# that its queries need. Loops over rows are compiled as soon as ever: their own threshold stays.
late = ["Tier4InvocationThreshold=100000", "Tier4MinInvocationThreshold=20000", "Tier4CompileThreshold=200000"]
options = [f'"-Djava.io.tmpdir={quoted}"', *(f"-XX:{flag}" for flag in late)]
options.append(given.get("spark.driver.extraJavaOptions", ""))
settings = {
    "spark.ui.enabled": "false",
    "spark.local.dir": folder,
    "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
    **given,
    # Nobody is let in from elsewhere, whatever a program asks for.
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": port,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # The driver's and the block manager's port: with a secret that the server makes for itself.
    "spark.authenticate": "true",
    "spark.driver.extraJavaOptions": " ".join(filter(None, options)),
}


def property_text(text):
    """As Java's Properties read a name or a value."""
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(chr(code) if chr(code).isascii() and chr(code).isalnum() else f"\\u{code:04x}" for code in codes)


# A file, as everybody may read a command line and settings may hold passwords.
settings_file = os.path.join(folder, "start.properties")
with open(os.open(settings_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
    file.writelines(f"{property_text(name)}={property_text(str(value))}\n" for name, value in settings.items())

command = [os.path.join(home, "bin", "spark-submit"), "--master", master]
command += ["--properties-file", settings_file, "--load-spark-defaults"]
command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
# SPARK_REMOTE chose this engine, and spark-submit refuses a master beside it.
env = {name: value for name, value in os.environ.items() if name not in ("SPARK_REMOTE", "SIGHTLINE_SPARK_SETTINGS")}
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
