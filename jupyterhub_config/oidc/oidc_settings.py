"""What the OIDC login was told, by environment variables and a file, and what the provider says of itself."""

import json
import os
import re
import ssl
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlparse

TIMEOUT_S = 10
MAX_BYTES = 1 << 20
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")


@dataclass(frozen=True)
class OidcSettings:
    host: str
    client_id: str
    client_secret: str
    allowed_groups: set
    admin_groups: set
    username_claim: str
    groups_claim: str
    scopes: list
    endpoints: dict
    uses_basic_auth: bool


def refuse(sentence):
    """Ends the hub before it listens; the sentence is the last line of its log, which `sightline hub` shows."""
    sys.exit(sentence)


def read(environ=os.environ):
    """Reads them all.

    :raises SystemExit: with one sentence on what is missing and how to give it
    """
    issuer = _needed(environ, "SIGHTLINE_OIDC_ISSUER", "https://login.example.org").rstrip("/")
    _check_url("SIGHTLINE_OIDC_ISSUER", issuer)
    allowed = _words(environ.get("SIGHTLINE_OIDC_ALLOWED_GROUPS", ""))
    admins = _words(environ.get("SIGHTLINE_OIDC_ADMIN_GROUPS", ""))
    if not allowed and not admins:
        refuse("Nobody could log in: say who may, for example SIGHTLINE_OIDC_ALLOWED_GROUPS=analysts")
    client_id = _needed(environ, "OAUTH_CLIENT_ID", "sightline")
    secret = _secret(environ)
    provider = _ask(issuer)
    methods = provider.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return OidcSettings(
        host=urlparse(issuer).netloc,
        client_id=client_id,
        client_secret=secret,
        allowed_groups=allowed,
        admin_groups=admins,
        username_claim=environ.get("SIGHTLINE_OIDC_USERNAME_CLAIM") or "preferred_username",
        groups_claim=environ.get("SIGHTLINE_OIDC_GROUPS_CLAIM") or "groups",
        scopes=(environ.get("SIGHTLINE_OIDC_SCOPES") or "openid profile groups").split(),
        endpoints={name: provider[name] for name in ENDPOINTS},
        uses_basic_auth="client_secret_basic" in methods,
    )


def _needed(environ, name, example):
    value = environ.get(name, "").strip()
    if not value:
        refuse(f"{name} is not set: give it, for example {name}={example}")
    return value


def _words(text):
    return {word.strip() for word in text.split(",") if word.strip()}


def _secret(environ):
    # What the hub starts inherits its environment, and has no use for the secret.
    secret = environ.pop("OAUTH_CLIENT_SECRET", "")
    path = environ.get("SIGHTLINE_OIDC_SECRET_FILE")
    if path:
        try:
            with open(path) as file:
                if os.fstat(file.fileno()).st_mode & 0o077:
                    refuse(f"The secret in {path} is open to other accounts: chmod 600 {path}")
                secret = file.read().strip()
        except OSError as error:
            refuse(f"The secret in {path} can't be read ({error.strerror}): name another in SIGHTLINE_OIDC_SECRET_FILE")
    if not secret:
        refuse("There is no client secret: name a file that holds it, SIGHTLINE_OIDC_SECRET_FILE=client-secret")
    return secret


def _check_url(name, url):
    """Whoever can change what the provider says can be anybody: http is for tests on this machine."""
    parts = urlparse(url)
    is_local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        refuse(f"{name} is {url}, which is not https: logins over it could be anybody's; use the provider's https URL")


def _ask(issuer):
    url = f"{issuer}/.well-known/openid-configuration"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_S, context=ssl.create_default_context()) as answer:
            found = json.loads(answer.read(MAX_BYTES))
    except (OSError, ValueError) as error:
        why = re.sub(r"\s+", " ", str(getattr(error, "reason", error)))
        refuse(f"The provider {issuer} does not answer ({why}): check SIGHTLINE_OIDC_ISSUER, {url} must open")
    if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != issuer:
        said = found.get("issuer") if isinstance(found, dict) else None
        refuse(f"The provider at {issuer} calls itself {said}: SIGHTLINE_OIDC_ISSUER must be just that")
    for name in ENDPOINTS:
        if not isinstance(found.get(name), str):
            refuse(f"The provider {issuer} has no {name}: it must be an OpenID Connect provider with UserInfo")
        _check_url(name, found[name])
    return found
