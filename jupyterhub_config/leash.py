"""Ends a process with all that it started when the pipe on its standard input closes: its keeper is gone then."""

import os
import select
import signal
import threading
import time

GRACE_S = 8


def hold(fd):
    """Watches the pipe in a thread; at its end this process gets SIGTERM, then, with its children, SIGKILL."""
    threading.Thread(target=_watch, args=(fd,), daemon=True).start()


def take():
    """Puts the pipe away and nothing in its place, so that what this process starts doesn't hold it."""
    fd = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return fd


def is_closed(fd):
    """Waits until something happens to the pipe."""
    select.select([fd], [], [])
    try:
        return os.read(fd, 4096) == b""
    except BlockingIOError:
        # Others share this pipe: Node's programs make it one that doesn't wait, and may read before us.
        return False
    except OSError:
        return True


def _watch(fd):
    while not is_closed(fd):
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
