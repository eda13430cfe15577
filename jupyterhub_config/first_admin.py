"""The first admin: whoever holds the link that was printed in the terminal chooses a name and a password, once."""

import hashlib
import hmac
import json
import os
import secrets
import time
from pathlib import Path

from jupyterhub import orm, roles
from nativeauthenticator.handlers import LocalBase
from nativeauthenticator.orm import UserInfo
from settings import settings
from tornado import web

VALID_S = 24 * 60 * 60


class FirstAdminLink:
    """A secret of which only the hash is kept, in a file that the hub alone can read."""

    def __init__(self, state):
        self.file = Path(state) / "first-admin.json"

    def is_wanted(self, db):
        """Whether nobody who can log in is an admin."""
        admins = {name for (name,) in db.query(orm.User.name).filter(orm.User.admin)}
        able = {info.username for info in UserInfo.all_users(db) if info.is_authorized}
        return admins.isdisjoint(able)

    def issue(self):
        """A new token, and the end of an older one."""
        token = secrets.token_urlsafe(32)
        self.revoke()
        fd = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            json.dump({"sha256": _hash(token), "expires": time.time() + VALID_S}, file)
        return token

    def is_open(self):
        return time.time() < self._read().get("expires", 0)

    def opens(self, token):
        return self.is_open() and hmac.compare_digest(self._read()["sha256"], _hash(token))

    def revoke(self):
        self.file.unlink(missing_ok=True)

    def _read(self):
        try:
            return json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return {}


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


class FirstAdminHandler(LocalBase):
    """The token is in the link's fragment, which browsers don't send: the page puts it into the form."""

    def prepare(self):
        self.link = FirstAdminLink(settings.state)
        if not self.link.is_wanted(self.db):
            self.link.revoke()
        if not self.link.is_open():
            raise web.HTTPError(
                410,
                "This link was used already, or is older than a day. "
                "Start the hub again for another one, if nobody is an admin yet.",
            )
        return super().prepare()

    async def get(self):
        self.finish(await self._page())

    async def post(self):
        name = self.authenticator.normalize_username(self.get_body_argument("username", strip=False))
        password = self.get_body_argument("password", strip=False)
        token = self.get_body_argument("token", "")
        if not self.link.opens(token):
            self.set_status(403)
            why = "This is not the link that was printed when the hub was started. Copy it whole, also after the #."
            self.finish(await self._page(username=name, error=why))
            return
        why = self.authenticator.name_refusal(name) or self.authenticator.password_refusal(password)
        if not why and self.get_body_argument("confirmation", strip=False) != password:
            why = "The two passwords differ. Type them again."
        if not why and self.authenticator.user_exists(name):
            why = "Somebody signed up by this name already. Choose another one."
        if why:
            self.set_status(400)
            self.finish(await self._page(username=name, error=why, token=token))
            return
        self.authenticator.create_user(name, password, is_authorized=True)
        user = self.user_from_username(name)
        user.admin = True
        roles.assign_default_roles(self.db, entity=user.orm_user)
        self.db.commit()
        self.link.revoke()
        self.log.info("%s is the first admin", name)
        self.set_login_cookie(user)
        self.redirect(self.hub.base_url + "home")

    def _page(self, **values):
        return self.render_template("first-admin.html", **values)
