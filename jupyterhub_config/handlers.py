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


class _FromThisSite:
    """Approves by GET, as nativeauthenticator does, but not because another site's page sent the admin there."""

    def prepare(self):
        if self.request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise web.HTTPError(403, "Another site asked for this. Open the page Authorize users and do it there.")
        return super().prepare()


class AuthorizeHandler(_FromThisSite, native.ToggleAuthorizationHandler):
    @native.admin_users_scope
    async def get(self, slug):
        if self.authenticator.get_user(slug) is None:
            raise web.HTTPError(404, "Nobody of that name has signed up.")
        await super().get(slug)


class DiscardHandler(_FromThisSite, native.DiscardHandler):
    @native.admin_users_scope
    async def get(self, user_name):
        info = self.authenticator.get_user(user_name)
        if info is not None and not info.is_authorized:
            # Only the sign-up: by authenticator.delete_user an account would lose its group.
            self.db.delete(info)
            self.db.commit()
        self.redirect(self.hub.base_url + "authorize")
