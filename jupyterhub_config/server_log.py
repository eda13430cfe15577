"""The name of a server's log, for who writes it and who tells where it is."""

import re


def log_name(server_name):
    """server.log, or server-NAME.log for a named server."""
    name = re.sub(r"[^A-Za-z0-9_-]", "_", server_name)[:60]
    return f"server-{name}.log" if name else "server.log"
