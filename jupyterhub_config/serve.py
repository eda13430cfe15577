"""Runs one person's server as that person: their folders, their log, the examples, then Jupyter, on a leash."""

import atexit
import os
import shutil
import signal
import stat
import sys
import tempfile
from pathlib import Path

import leash
from server_log import log_name

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
MAX_LOG_BYTES = 4 << 20
# Kernels talk over sockets in the file system, whose paths the system limits to 107 bytes;
# `/kernel-<36 of the id>-ipc-<port>` is what Jupyter adds.
MAX_RUNTIME_PATH_BYTES = 107 - len("/kernel-00000000-0000-0000-0000-000000000000-ipc-1000")


def main():
    leash.hold(leash.take())
    os.umask(0o077)
    home = Path.home()
    state = home / ".sightline"
    try:
        write_log(state / "logs")
        copy_examples(home)
        # The clone's own are root's.
        os.environ["SIGHTLINE_LOGS"] = str(state / "logs")
        os.environ["SIGHTLINE_CACHE"] = str(state / "cache")
        if not has_own_sessions():
            os.environ["TMPDIR"] = str(make_private(state / "tmp"))
        os.environ["JUPYTER_RUNTIME_DIR"] = str(runtime_folder(state / "run"))
    except OSError as error:
        sys.exit(f"{error.filename or home} can't be written ({error.strerror}).\nMake room or move it away.")
    if not (home / "examples" / "welcome.ipynb").exists():
        os.environ["JUPYTERHUB_DEFAULT_URL"] = "/lab"

    # The hub stops servers by SIGINT, on which Jupyter leaves its kernels to themselves.
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    from jupyterhub.singleuser import main as serve

    serve()


def write_log(folder):
    """Sends all that the server says to its log."""
    make_private(folder)
    log = folder / log_name(os.environ.get("JUPYTERHUB_SERVER_NAME", ""))
    if log.exists() and log.stat().st_size > MAX_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.fchmod(fd, 0o600)
    os.dup2(fd, 1)
    os.dup2(fd, 2)
    os.close(fd)


def copy_examples(home):
    """Once, whole or not at all; what is there is the person's own."""
    target = home / "examples"
    if target.exists() or not EXAMPLES.is_dir():
        return
    copy = Path(tempfile.mkdtemp(prefix=".examples-", dir=home))
    try:
        shutil.copytree(EXAMPLES, copy, dirs_exist_ok=True, copy_function=shutil.copy, ignore=not_examples)
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
        copy.rename(target)
    except OSError:
        shutil.rmtree(copy, ignore_errors=True)
        # Two servers of one person may start at the same moment.
        if not target.exists():
            raise


def not_examples(_folder, entries):
    # What running them in the clone left there.
    return [name for name in entries if name in (".ipynb_checkpoints", ".gitignore") or name.endswith(".parquet")]


def runtime_folder(folder):
    """Where Jupyter keeps its kernels' keys and sockets, closed to all others."""
    if len(os.fsencode(folder)) <= MAX_RUNTIME_PATH_BYTES:
        return make_private(folder)
    short = tempfile.mkdtemp(prefix="sightline-")
    atexit.register(shutil.rmtree, short, ignore_errors=True)
    return Path(short)


def has_own_sessions():
    """Takes the folder where sessions keep their files, in the system's temporary one, if nobody else did."""
    folder = Path(tempfile.gettempdir(), f"sightline-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        return False
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def make_private(folder):
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


main()
