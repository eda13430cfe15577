"""Ends a process with all that it started when the pipe on its standard input closes: its keeper is gone, even by SIGKILL."""

import os
import signal
import threading
import time

GRACE_S = 8


def hold(fd):
    """Watches the pipe in a thread of its own; at its end this process gets SIGTERM, then, with its children, SIGKILL."""
    threading.Thread(target=_watch, args=(fd,), daemon=True).start()


def take():
    """Puts the pipe away and nothing in its place, so that what this process starts doesn't hold it."""
    fd = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return fd


def _watch(fd):
    try:
        while os.read(fd, 4096):
            pass
    except OSError:
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
    os.kill(os.getpid(), signal.SIGKILL)
