"""Runs JupyterLab on a leash: it ends when the process at the other end of its standard input does, even by SIGKILL.

The first line of standard input is Jupyter's configuration as JSON, token included, so that it is in no process's
arguments or environment; the end of standard input is the wish to stop.
"""

import json
import os
import signal
import sys
import threading
import time

GRACE_S = 5


def read_line(fd):
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(fd, 1)
        if not byte:
            sys.exit("The leash was let go before Jupyter's configuration came.")
        line += byte
    return line


def hold(fd):
    while os.read(fd, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    # Kernels lead process groups of their own, so the group alone isn't all.
    import psutil

    for child in psutil.Process().children(recursive=True):
        try:
            child.kill()
        except psutil.Error:
            pass
    os.killpg(0, signal.SIGKILL)


def main():
    # A private descriptor: what Jupyter starts must not hold the leash.
    leash = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    config = json.loads(read_line(leash))
    threading.Thread(target=hold, args=(leash,), daemon=True).start()

    from jupyterlab.labapp import LabApp
    from traitlets.config import Config

    LabApp.initialize_server(argv=[], config=Config(config)).start()


main()
