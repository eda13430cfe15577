"""A server whose kernel computes is in use, even when nobody looks and the cell prints nothing for hours."""

import os
from datetime import UTC, datetime

from tornado.ioloop import PeriodicCallback

# As often as the hub is told.
EVERY_S = int(os.environ.get("JUPYTERHUB_ACTIVITY_INTERVAL", "300"))


def _jupyter_server_extension_points():
    return [{"module": "busy_kernels"}]


def _load_jupyter_server_extension(server):
    def look():
        if any(kernel["execution_state"] == "busy" for kernel in server.kernel_manager.list_kernels()):
            server.web_app.settings["api_last_activity"] = datetime.now(UTC)

    PeriodicCallback(look, EVERY_S * 1000).start()
