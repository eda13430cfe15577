"""Sign-up and login: nativeauthenticator with strict names, a sentence for each refusal, the first admin's link."""

import accounts
import bcrypt
import names
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.orm import UserInfo
from settings import settings
from tornado.ioloop import IOLoop

# What bcrypt hashes; it refuses more.
MAX_PASSWORD_BYTES = 72


def is_hashable(password):
    return "\0" not in password and len(password.encode()) <= MAX_PASSWORD_BYTES


class SightlineAuthenticator(NativeAuthenticator):
    def normalize_username(self, username):
        # Letters of other scripts that look like ASCII, some of which become it when they are made small.
        return super().normalize_username(username) if username.isascii() else username

    def validate_username(self, username):
        return names.refusal(username) is None and super().validate_username(username)

    def name_refusal(self, username):
        """One sentence on why nobody can sign up by this name, or None."""
        name = self.normalize_username(username)
        return names.refusal(name) if settings.is_demo else accounts.refusal(name)

    def password_refusal(self, password):
        """One sentence on why this can't be a password, or None."""
        if not is_hashable(password):
            return f"The password is too long: it may have {MAX_PASSWORD_BYTES} bytes."
        if len(password) < self.minimum_password_length:
            return f"The password is too short: use at least {self.minimum_password_length} characters."
        if self.check_common_password and self.is_password_common(password):
            return "The password is a common one, which is tried first. Choose another one."
        return None

    def is_password_strong(self, password):
        return self.password_refusal(password) is None

    def create_user(self, username, password, *, is_authorized=False, **infos):
        """Adds a person who waits for approval, even one of `admin_users`: anyone can sign up by that name first."""
        name = self.normalize_username(username)
        if self.user_exists(name) or self.name_refusal(name) or not self.is_password_strong(password):
            return None
        # Anybody can send more than the page asks for, to be kept for ever.
        asked = {"email": self.ask_email_on_signup, "has_2fa": self.allow_2fa}
        infos = {key: value for key, value in infos.items() if asked.get(key)}
        hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt())
        user = UserInfo(username=name, password=hashed, is_authorized=is_authorized or self.open_signup, **infos)
        self.db.add(user)
        self.db.commit()
        return user

    async def authenticate(self, handler, data):
        if not is_hashable(data.get("password", "")):
            return None
        return await super().authenticate(handler, data)

    async def refresh_user(self, user, handler=None):
        # Whose approval was taken back is asked to log in again, and can't.
        info = self.get_user(user.name)
        return bool(info and info.is_authorized)

    async def delete_user(self, user):
        super().delete_user(user)
        if not settings.is_demo:
            await IOLoop.current().run_in_executor(None, accounts.release, user.name)

    def get_handlers(self, app):
        from first_admin import FirstAdminHandler
        from handlers import AuthorizeHandler, DiscardHandler, LoginHandler, SignUpHandler

        ours = [
            ("/login", LoginHandler),
            ("/signup", SignUpHandler),
            ("/authorize/([^/]*)", AuthorizeHandler),
            ("/discard/([^/]*)", DiscardHandler),
            ("/first-admin", FirstAdminHandler),
        ]
        replaced = {path for path, _ in ours}
        return ours + [handler for handler in super().get_handlers(app) if handler[0] not in replaced]
