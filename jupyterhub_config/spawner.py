"""Everyone's server: under their own Unix account, or, in the demo, in their own folder of the hub's account."""

import asyncio
import os
import pwd
import subprocess
from pathlib import Path

import accounts
import names
from jupyterhub.spawner import LocalProcessSpawner
from server_log import log_name
from settings import settings
from start_error import StartError
from traitlets import default


# As the system's tables of sockets write it.
LISTENING = "0A"


class OnLeash(LocalProcessSpawner):
    """A server that ends with the hub: the hub holds the other end of its standard input."""

    @default("popen_kwargs")
    def _popen_kwargs(self):
        return {"stdin": subprocess.PIPE}

    async def start(self):
        ip, port = await super().start()
        # The hub itself would wait for its whole timeout, and then couldn't say why.
        while not (listens(self.uid, port) and await answers(ip, port)):
            status = await self.poll()
            if status is not None:
                raise StartError(
                    f"The server ended before it answered (exit status {status}). What it said is in {self.log_file}."
                )
            await asyncio.sleep(0.1)
        return ip, port

    @property
    def log_file(self):
        """Where a person finds what their server says; serve.py writes it."""
        return f"~/.sightline/logs/{log_name(self.name)}"

    def load_state(self, state):
        # None outlives the hub; the process that has its number now is somebody else's.
        super().load_state({name: value for name, value in state.items() if name != "pid"})

    def clear_state(self):
        super().clear_state()
        if self.proc and self.proc.stdin:
            self.proc.stdin.close()


def listens(uid, port):
    """Whether an account has this port: another one may have taken it, to be sent a person's cookies."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not os.path.exists(table):
            # Not Linux, where the hub can't make accounts either.
            return True
        with open(table) as file:
            for _, local, _, state, _, _, _, owner, *_ in map(str.split, [*file][1:]):
                if state == LISTENING and int(local.rpartition(":")[2], 16) == port and int(owner) == uid:
                    return True
    return False


async def answers(ip, port):
    try:
        _, writer = await asyncio.open_connection(ip, port)
    except OSError:
        return False
    writer.close()
    return True


class AccountSpawner(OnLeash):
    @property
    def uid(self):
        return pwd.getpwnam(self.user.name).pw_uid

    async def start(self):
        await asyncio.get_running_loop().run_in_executor(None, accounts.ensure, self.user.name)
        return await super().start()


class DemoSpawner(OnLeash):
    uid = os.geteuid()

    @property
    def log_file(self):
        return str(self.home / ".sightline" / "logs" / log_name(self.name))

    @property
    def home(self):
        return Path(settings.notebook_dir) / self.user.name

    async def start(self):
        why = names.refusal(self.user.name)
        if why:
            raise StartError(why)
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return await super().start()

    def make_preexec_fn(self, name):
        home = self.home
        return lambda: os.chdir(home)

    def user_env(self, env):
        return {**env, "USER": self.user.name, "HOME": str(self.home), "SHELL": os.environ.get("SHELL", "/bin/sh")}
