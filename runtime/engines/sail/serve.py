"""Runs Sail behind a gate until standard input ends, which it does when the parent is gone.

Says `port N` when it is ready. Before a connection, the parent writes `open SOURCE PORT DESTINATION ID` and waits for
`answer ID done`; `shut` instead of `open` takes that back. Where there is no gate it says `unguarded REASON`, and
starts Sail only after the line `go`, on an open port.
"""

import os
import select
import signal
import sys

from gate import NOWHERE, Gate, Unguarded


def read_lines(timeout):
    """Yields the lines that the parent writes, and None when none came in the seconds that `timeout` gives."""
    rest = b""
    while True:
        if not select.select([0], [], [], timeout())[0]:
            yield None
            continue
        data = os.read(0, 65536)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode() for line in lines)


def say(line):
    print(line, flush=True)


def start_guarded():
    gate = Gate()
    # It takes most of the start, and gives the gate's proof its time.
    from pysail.spark import SparkConnectServer

    gate.prove()
    server = SparkConnectServer(NOWHERE, 0)
    server.start(background=True)
    gate.take_place_of(server.listening_address)
    return server, gate, gate.port


def start_unguarded():
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    return server, None, server.listening_address[1]


def obey(gate, line):
    verb, source, port, destination, number = line.split(" ")
    try:
        {"open": gate.open, "shut": gate.shut}[verb](source, int(port), destination)
        say(f"answer {number} done")
    except OSError as error:
        say(f"answer {number} can't be opened ({error.strerror})")


def serve():
    gate = None
    lines = read_lines(lambda: gate and gate.forget_old())
    try:
        _server, gate, port = start_guarded()
    except (Unguarded, OSError) as reason:
        say(f"unguarded {reason}")
        if next(lines, None) != "go":
            return
        _server, gate, port = start_unguarded()
    say(f"port {port}")
    for line in lines:
        if line is not None:
            obey(gate, line)


try:
    serve()
except BaseException:
    # Nothing may go on without the gate: neither Sail's threads nor, at the parent's hand, what they started.
    sys.excepthook(*sys.exc_info())
    os._exit(1)
# The group holds the workers of functions too; a graceful end would wait for what they compute.
os.killpg(0, signal.SIGKILL)
