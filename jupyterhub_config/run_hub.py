"""Runs JupyterHub on a leash for `sightline hub`, and tells it on file descriptor 3, in lines of JSON, how it goes."""

import ipaddress
import json
import os
import sys
from pathlib import Path
from urllib.parse import urlparse

import leash
from first_admin import FirstAdminLink
from jupyterhub.app import JupyterHub
from settings import settings

MESSAGES_FD = 3


def tell(**message):
    os.write(MESSAGES_FD, json.dumps(message).encode() + b"\n")


def is_loopback(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Hub(JupyterHub):
    async def initialize(self, *args, **kwargs):
        await super().initialize(*args, **kwargs)
        host = urlparse(self.bind_url).hostname or ""
        # A configuration of the user's own may have changed it.
        if settings.is_demo and not is_loopback(host):
            tell(
                refused=f"The demo hub can't listen on {host}: its accounts aren't isolated.\n"
                "Leave 127.0.0.1 in the configuration, or start the hub as root: sudo npm run hub"
            )
            self.exit(1)

    async def start(self):
        await super().start()
        link = FirstAdminLink(settings.state)
        token = link.issue() if link.is_wanted(self.db) else None
        tell(ready=True, firstAdmin=token)


def main():
    os.umask(0o077)
    # Proxy and culler inherit this pipe and watch it too.
    leash.hold(0)
    os.set_inheritable(MESSAGES_FD, False)
    os.chdir(settings.state)
    config = Path(__file__).resolve().parent / "jupyterhub_config.py"
    sys.argv = ["jupyterhub", f"--config={config}"]
    Hub.launch_instance()


main()
