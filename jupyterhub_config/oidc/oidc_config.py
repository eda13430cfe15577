"""Login by an OpenID Connect provider instead of sign-up.

    npm run hub -- --config jupyterhub_config/oidc/oidc_config.py

Once before, after `npm run setup -- --hub`:

    .sightline/jupyterhub/bin/pip install --no-deps --require-hashes -r jupyterhub_config/oidc/requirements.txt

At the provider, a client of the kind "web" with the redirect URI https://YOUR-HUB/hub/oauth_callback. Then:

    SIGHTLINE_OIDC_ISSUER          https://login.example.org; its /.well-known/openid-configuration says the rest
    OAUTH_CLIENT_ID                the client's id
    SIGHTLINE_OIDC_SECRET_FILE     a file with the client's secret, closed to others; or OAUTH_CLIENT_SECRET
    OAUTH_CALLBACK_URL             the redirect URI, where the hub is behind another proxy
    SIGHTLINE_OIDC_ALLOWED_GROUPS  who gets in, separated by commas
    SIGHTLINE_OIDC_ADMIN_GROUPS    who is an admin of the hub
    SIGHTLINE_OIDC_USERNAME_CLAIM  preferred_username; it becomes the Unix account: choose one that people can't change
    SIGHTLINE_OIDC_GROUPS_CLAIM    groups
    SIGHTLINE_OIDC_SCOPES          openid profile groups; some providers have no scope of the name groups

Use a state folder of its own (--state-dir): a hub where people signed up before has names that this login would match.

Checked, in tests/hub/oidc.test.ts: login, refusal and admin rights against a real provider (npm's oidc-provider) on
loopback, over http, up to the person's server. Not checked: any provider of the internet, https between hub and
provider, and logging out of the provider: leaving the hub doesn't.
"""

import sys
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))

import first_admin  # noqa: E402
import oidc_settings  # noqa: E402

try:
    from oidc_authenticator import OidcAuthenticator
except ModuleNotFoundError as error:
    oidc_settings.refuse(
        f"The hub's Python has no {error.name}: .sightline/jupyterhub/bin/pip install --no-deps --require-hashes "
        "-r jupyterhub_config/oidc/requirements.txt"
    )

oidc = oidc_settings.read()

c = get_config()  # noqa: F821

c.JupyterHub.authenticator_class = OidcAuthenticator
# Those of the sign-up are for names and passwords; these are JupyterHub's, and the hub's own pages stay.
c.JupyterHub.template_paths = [str(here.parent / "templates")]
# The hub's own configuration lets in whoever was approved; here being in a group is the approval.
c.Authenticator.allow_all = False
c.OidcAuthenticator.allowed_groups = oidc.allowed_groups
c.OidcAuthenticator.admin_groups = oidc.admin_groups
c.OidcAuthenticator.manage_groups = True
c.OidcAuthenticator.auth_state_groups_key = f"oauth_user.{oidc.groups_claim}"
c.OidcAuthenticator.username_claim = oidc.username_claim
c.OidcAuthenticator.scope = oidc.scopes
c.OidcAuthenticator.login_service = oidc.host
c.OidcAuthenticator.client_id = oidc.client_id
c.OidcAuthenticator.client_secret = oidc.client_secret
c.OidcAuthenticator.authorize_url = oidc.endpoints["authorization_endpoint"]
c.OidcAuthenticator.token_url = oidc.endpoints["token_endpoint"]
c.OidcAuthenticator.userdata_url = oidc.endpoints["userinfo_endpoint"]
c.OidcAuthenticator.basic_auth = oidc.uses_basic_auth
# Who left a group is noticed on the next login, which is at most half a day away.
c.JupyterHub.cookie_max_age_days = 0.5

# Admins come from the provider's groups, so there is no first one to make by a link.
first_admin.FirstAdminLink.is_wanted = lambda _link, _db: False
