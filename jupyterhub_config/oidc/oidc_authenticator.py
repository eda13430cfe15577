"""OpenID Connect login whose names are as strict as the sign-up's: each becomes a Unix account and a folder."""

import accounts
import names
from oauthenticator.generic import GenericOAuthenticator
from settings import settings
from tornado import web


class OidcAuthenticator(GenericOAuthenticator):
    custom_403_message = (
        "You are in none of the groups that this hub lets in. Ask its administrator, and log in again after that."
    )

    def user_info_to_username(self, user_info):
        name = user_info.get(self.username_claim)
        if not isinstance(name, str) or not name:
            raise web.HTTPError(
                403,
                f"Your provider told the hub no {self.username_claim}. Ask the hub's administrator to choose another "
                "claim as the name, SIGHTLINE_OIDC_USERNAME_CLAIM, or to ask for more scopes, SIGHTLINE_OIDC_SCOPES.",
            )
        return name

    def normalize_username(self, username):
        # Letters of other scripts that look like ASCII, some of which become it when they are made small.
        return super().normalize_username(username) if username.isascii() else username

    async def update_auth_model(self, auth_model):
        name = auth_model["name"]
        why = names.refusal(name) if settings.is_demo else accounts.refusal(name)
        if why:
            raise web.HTTPError(403, why)
        return auth_model
