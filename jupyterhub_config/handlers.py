"""The pages of nativeauthenticator, where its own answers wouldn't do."""

from authenticator import is_hashable
from nativeauthenticator import handlers as native
from tornado import web


class SignUpHandler(native.SignUpHandler):
    def get_result_message(self, user, is_human, is_taken, confirmation_matches, user_is_admin):
        name = self.get_body_argument("username", strip=False)
        password = self.get_body_argument("signup_password", strip=False)
        why = (
            self.authenticator.name_refusal(name)
            or (is_taken and "Somebody signed up by this name already. Choose another one.")
            or (not confirmation_matches and "The two passwords differ. Type them again.")
            or self.authenticator.password_refusal(password)
        )
        if why:
            return "alert-danger", why
        if user is not None and user.is_authorized:
            return "alert-success", "You are signed up and can log in."
        if user is not None:
            return "alert-info", "You are signed up. An admin of this hub has to approve you before you can log in."
        return super().get_result_message(user, is_human, is_taken, confirmation_matches, user_is_admin)


class LoginHandler(native.LoginHandler):
    async def post(self):
        name = self.get_body_argument("username", strip=False)
        # Hashing refuses some by an error, which would be a page of its own.
        if not is_hashable(self.get_body_argument("password", strip=False)):
            self.finish(await self._render(login_error="Invalid username or password.", username=name))
            return
        await super().post()


class _ByForm(native.LocalBase):
    """Changes by a form with a secret, where nativeauthenticator does by a link: anybody could send an admin that."""

    @native.admin_users_scope
    async def get(self, _name):
        self.redirect(self.hub.base_url + "authorize")


class AuthorizeHandler(_ByForm):
    @native.admin_users_scope
    async def post(self, name):
        info = self.authenticator.get_user(name)
        # Another admin may have discarded it since the page was shown; the next one says so.
        if info is not None:
            info.is_authorized = self.get_body_argument("authorized") == "yes"
            self.db.commit()
        self.redirect(self.hub.base_url + "authorize#" + name)


class DiscardHandler(_ByForm):
    @native.admin_users_scope
    async def post(self, name):
        if self.find_user(name):
            raise web.HTTPError(
                409,
                f"{name} has used this hub, and the next {name} would get their files. "
                "Delete them on the page Admin instead: their account and files stay, for nobody else.",
            )
        info = self.authenticator.get_user(name)
        if info is not None and not info.is_authorized:
            # Only the sign-up: by authenticator.delete_user an account would lose its group.
            self.db.delete(info)
            self.db.commit()
        self.redirect(self.hub.base_url + "authorize")
