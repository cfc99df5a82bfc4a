"""From FYRTAARN_OIDC_PROVIDERS to what allauth reads."""

from collections.abc import Iterable, Mapping
from typing import Any


def openid_connect(providers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """allauth's SOCIALACCOUNT_PROVIDERS for OpenID Connect providers, each with PKCE.

    Only a provider that the operator trusts with addresses (`trust_email`) lets people into accounts made before.
    """
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": provider["id"],
                    "name": provider["name"],
                    "client_id": provider["client_id"],
                    "secret": provider["secret"],
                    "settings": {
                        "server_url": provider["server_url"],
                        "verified_email": bool(provider.get("trust_email")),
                        "email_authentication": bool(provider.get("trust_email")),
                    },
                }
                for provider in providers
            ],
        }
    }
