"""The hub of `npm run hub`. Settings of your own go into jupyterhub_config.d/*.py or `--config FILE`, loaded last.

https://jupyterhub.readthedocs.io/en/5.5.0/reference/config-reference.html
"""

import os
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))

import nativeauthenticator
from settings import settings as hub

c = get_config()  # noqa: F821

# Where it listens: people reach the proxy; hub and proxy talk on loopback, on ports that were free at the start.
c.JupyterHub.bind_url = hub.url
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{hub.hub_port}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{hub.proxy_port}"
c.ConfigurableHTTPProxy.command = [hub.node, str(here.parent / "cli" / "hub" / "proxy.mjs")]
if hub.cert:
    c.JupyterHub.ssl_cert = hub.cert
    c.JupyterHub.ssl_key = hub.key

# Its state, closed to all others: password hashes, the cookie secret.
c.JupyterHub.db_url = f"sqlite:///{hub.state}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{hub.state}/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = f"{hub.state}/proxy.pid"

# Who gets in: those who signed up and were approved by an admin (Authorize users, in the bar at the top).
c.JupyterHub.authenticator_class = "authenticator.SightlineAuthenticator"
c.Authenticator.allow_all = True
c.NativeAuthenticator.check_common_password = True
c.NativeAuthenticator.minimum_password_length = 10
c.NativeAuthenticator.allowed_failed_logins = 10
c.NativeAuthenticator.seconds_before_next_try = 60
c.JupyterHub.template_paths = [
    str(here / "templates"),
    str(Path(nativeauthenticator.__file__).parent / "templates"),
]
if hub.is_demo:
    c.JupyterHub.template_vars = {
        "announcement_login": "Demo: the accounts of this hub aren't isolated. All servers run as one user of this "
        "machine, and each can read the others' files. Started by root, the hub gives everyone an account of their own."
    }

# What people get: JupyterLab on the welcome notebook, as their own Unix account (in the demo, in their own folder).
c.JupyterHub.spawner_class = "spawner.DemoSpawner" if hub.is_demo else "spawner.AccountSpawner"
c.Spawner.cmd = [sys.executable, "-B", str(here / "serve.py")]
c.Spawner.default_url = "/lab/tree/examples/welcome.ipynb"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.Spawner.env_keep = ["LANG", "LC_ALL", "TZ"]
c.Spawner.environment = hub.server_environment
c.JupyterHub.allow_named_servers = hub.named_servers > 0
c.JupyterHub.named_server_limit_per_user = hub.named_servers

# Servers that nobody uses are stopped; a kernel that computes is in use.
if hub.cull_after_s > 0:
    every_s = max(1, min(300, hub.cull_after_s // 4))
    c.JupyterHub.last_activity_interval = every_s
    c.JupyterHub.services = [
        {
            "name": "idle-culler",
            "command": [
                sys.executable,
                "-B",
                str(here / "culler.py"),
                f"--timeout={hub.cull_after_s}",
                f"--cull-every={every_s}",
            ],
        }
    ]
    c.JupyterHub.load_roles = [
        {
            "name": "idle-culler",
            "services": ["idle-culler"],
            "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        }
    ]

for path in [*sorted((here / "jupyterhub_config.d").glob("*.py")), *hub.extra_config]:
    load_subconfig(os.fspath(path))  # noqa: F821
