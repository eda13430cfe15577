"""Why a server didn't start, in words for the person who wanted it."""

from tornado import web


class StartError(web.HTTPError):
    """JupyterHub shows the text of its own kinds of errors only, and for others that one was unhandled."""

    def __init__(self, message):
        super().__init__(500, "%s", message)
        self.jupyterhub_message = message

    def __str__(self):
        return self.jupyterhub_message
