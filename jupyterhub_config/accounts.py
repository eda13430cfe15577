"""Unix accounts of the hub's people: whoever is in the group `sightline` may have a server, nobody else."""

import grp
import os
import pwd
import re
import shutil
import stat
import subprocess
import threading

import names
from start_error import StartError

GROUP = "sightline"
SYSTEM_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"
# An account brings a group of its name, which programs installed later, or sudo, would take for their own.
PRIVILEGED = {GROUP, "admin", "docker", "incus", "incus-admin", "kvm", "libvirt", "lxd", "podman", "sudo", "wheel"}
_one_at_a_time = threading.Lock()


def refusal(name):
    """One sentence on why nobody can be called this on this machine, or None. Changes nothing."""
    bad = names.refusal(name)
    if bad:
        return bad
    account = _find(pwd.getpwnam, name)
    if account is None:
        if name in PRIVILEGED:
            return f"{name} is the name of a group that has rights on many machines. Choose another name."
        if _find(grp.getgrnam, name):
            return f"{name} is a group of this machine. Choose another name."
        return None
    first, last = _people()
    if not first <= account.pw_uid <= last:
        return f"{name} is an account of this machine's system. Choose another name."
    if not _is_member(name, account):
        return (
            f"{name} is an account of this machine that the hub didn't make. Choose another name, or ask the "
            f"machine's administrator to let the hub use it: usermod -aG {GROUP} {name}"
        )
    return None


def ensure(name):
    """Returns this person's account; makes it, with a home of their own, when there is none.

    :raises StartError: a sentence, when the name is refused or the account can't be made
    """
    with _one_at_a_time:
        why = refusal(name)
        if why:
            raise StartError(why)
        account = _find(pwd.getpwnam, name)
        return account or _create(name)


def release(name):
    """The hub forgets this person: the account stays with its files, and no later person of that name gets them."""
    with _one_at_a_time:
        account = _find(pwd.getpwnam, name)
        group = _find(grp.getgrnam, GROUP)
        if account and group and name in group.gr_mem:
            _run("gpasswd", "--delete", name, GROUP)


def _create(name):
    home = os.path.join(_base_folder(), name)
    if os.path.lexists(home):
        raise StartError(
            f"{home} is there already, and may hold another person's files. Ask the machine's administrator to move it."
        )
    if _find(grp.getgrnam, GROUP) is None:
        _run("groupadd", "--system", GROUP)
    _run(
        *("useradd", "--create-home", "--user-group", "--groups", GROUP, "--shell", "/bin/bash"),
        *("--comment", "Sightline", "--key", "HOME_MODE=0700", name),
    )
    account = pwd.getpwnam(name)
    # Older useradd knows no HOME_MODE.
    if stat.S_IMODE(os.stat(account.pw_dir).st_mode) != 0o700:
        os.chmod(account.pw_dir, 0o700)
    return account


def _run(*command):
    tool = shutil.which(command[0], path=SYSTEM_PATH)
    if tool is None:
        raise StartError(f"This machine has no {command[0]}, which makes accounts. Install it: apt-get install passwd")
    env = {"PATH": SYSTEM_PATH, "LC_ALL": "C"}
    done = subprocess.run([tool, *command[1:]], env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise StartError(f"{command[0]} failed ({last}). Ask the machine's administrator.")


def _is_member(name, account):
    group = _find(grp.getgrnam, GROUP)
    return group is not None and (name in group.gr_mem or account.pw_gid == group.gr_gid)


def _find(look, name):
    try:
        return look(name)
    except KeyError:
        return None


def _people():
    """The range of user ids that are people's, as the machine defines it."""
    values = {"UID_MIN": 1000, "UID_MAX": 60000}
    try:
        with open("/etc/login.defs") as file:
            for word, value in re.findall(r"^(UID_M(?:IN|AX))\s+(\d+)", file.read(), re.MULTILINE):
                values[word] = int(value)
    except FileNotFoundError:
        pass
    # Whatever the machine says, below 1000 is the system's.
    return max(1000, values["UID_MIN"]), values["UID_MAX"]


def _base_folder():
    defaults = subprocess.run(
        [shutil.which("useradd", path=SYSTEM_PATH) or "useradd", "-D"], capture_output=True, text=True, check=False
    )
    found = re.search(r"^HOME=(.+)$", defaults.stdout, re.MULTILINE)
    return found[1] if found else "/home"
