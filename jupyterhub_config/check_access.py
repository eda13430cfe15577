"""Run as nobody: prints the first path, of those given and in and above them, that is closed, or open to change."""

import json
import os
import stat
import subprocess
import sys

# Packages are many, and were installed in one go.
DEEP_PACKAGES = 2


def ancestors(path):
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) for count in range(1, len(parts))]


def is_closed(path):
    return not os.access(path, os.R_OK | (os.X_OK if os.path.isdir(path) else 0))


def within(path):
    yield path
    limit = DEEP_PACKAGES if os.path.basename(path) == "node_modules" else 50
    for folder, folders, files in os.walk(path):
        if os.path.relpath(folder, path).count("/") >= limit:
            folders.clear()
        folders[:] = [name for name in folders if name not in ("node_modules", "__pycache__")]
        for name in folders + files:
            # A link in node_modules/.bin may lead to a tool that isn't there.
            if os.path.exists(os.path.join(folder, name)) or not os.path.islink(os.path.join(folder, name)):
                yield os.path.join(folder, name)


def look(paths, programs):
    for path in paths:
        for above in ancestors(path):
            if not os.access(above, os.X_OK):
                return {"closed": above}
            # Who may rename a folder above may put another clone there; where the sticky bit is, that is its owner.
            state = os.stat(above)
            if state.st_uid != 0:
                return {"owned": above, "by": state.st_uid}
            if os.access(above, os.W_OK) and not state.st_mode & stat.S_ISVTX:
                return {"writable": above}
        if not os.path.lexists(path):
            return {"missing": path}
        for each in within(path):
            if is_closed(each):
                return {"closed": each}
            if os.lstat(each).st_uid != 0:
                return {"owned": each, "by": os.lstat(each).st_uid}
            if os.access(each, os.W_OK):
                return {"writable": each}
    for program in programs:
        try:
            done = subprocess.run(program, capture_output=True, text=True, cwd="/")
        except OSError:
            return {"closed": program[0]}
        if done.returncode != 0:
            return {"fails": program[0], "says": (done.stderr.strip().splitlines() or [""])[-1]}
    return {}


print(json.dumps(look(**json.loads(sys.argv[1]))))
