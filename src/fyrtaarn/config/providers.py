"""The identity providers in the settings: FYRTAARN_OIDC_PROVIDERS and FYRTAARN_SAML_PROVIDERS, checked and read."""

import json
import re
from collections.abc import Iterable, Mapping, Set
from typing import Any

Provider = Mapping[str, Any]
ANY = {"id", "name"}
OPTIONAL = {"municipality", "roles", "trust_email"}
OIOSAML = "https://data.gov.dk/model/core/eid/"
ROW, ROW_OPTIONAL = {"claim", "value", "role"}, {"department"}
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_providers(
    setting: str, text: str, needed: set[str], faults: list[str], optional: Set[str] = frozenset()
) -> tuple[dict[str, Any], ...]:
    """The providers of one setting, a JSON list; what is wrong with it is added to the faults."""
    try:
        providers = json.loads(text)
    except json.JSONDecodeError:
        providers = None
    needed = ANY | needed
    if not isinstance(providers, list) or not all(isinstance(p, dict) and needed <= p.keys() for p in providers):
        faults.append(f"{setting} must be a JSON list of objects with {', '.join(sorted(needed))}.")
        return ()
    for provider in providers:
        faults += [f"{setting}, {provider['id']}: {fault}" for fault in _faults(provider, needed | OPTIONAL | optional)]
    return tuple(providers)


def shared_faults(providers: Iterable[Provider]) -> list[str]:
    """What is wrong with all providers together: each has a name of its own, and none vouches for the others' people."""
    known = list(providers)
    faults = []
    if len({provider["id"] for provider in known}) < len(known):
        faults.append("Two identity providers have the same id.")
    if len(known) > 1 and any(provider.get("trust_email") is True for provider in known):
        faults.append("With several identity providers, trust_email names the domains that each vouches for.")
    return faults


def _faults(provider: Provider, known: set[str]) -> list[str]:
    faults = [f"{key} is not known." for key in sorted(provider.keys() - known)]
    if not IDENTIFIER.fullmatch(str(provider["id"])) or len(str(provider["id"])) > 60:
        faults.append("id must be lower-case letters a-z, digits and hyphens, at most 60.")
    rows = provider.get("roles", [])
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        faults.append("roles must be a list of objects with claim, value and role, and department where one is meant.")
    if rows and not provider.get("municipality"):
        faults.append("municipality says where its roles hold, as in the address: for instance kolding.")
    trust = provider.get("trust_email", False)
    if not isinstance(trust, bool) and not (isinstance(trust, list) and all(isinstance(d, str) for d in trust)):
        faults.append("trust_email must be true, false or a list of domains.")
    return faults


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and ROW <= row.keys() <= ROW | ROW_OPTIONAL
        and all(isinstance(value, str) and value for value in row.values())
    )


def openid_connect(providers: Iterable[Provider]) -> dict[str, Any]:
    """allauth's settings for OpenID Connect providers, each with PKCE.

    Only a provider that the operator trusts with addresses (`trust_email`, all or those of some domains) lets people into
    accounts made before.
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
                        "verified_email": provider.get("trust_email", False),
                    },
                }
                for provider in providers
            ],
        }
    }


def saml(providers: Iterable[Provider], key: str, certificate: str) -> dict[str, Any]:
    """allauth's settings for SAML providers by OIOSAML 3: requests signed, assertions signed and encrypted.

    `key` and `certificate` are our own, in PEM. A person's CPR number is never asked for.
    """
    return {
        "saml": {
            "APPS": [
                {
                    "provider_id": provider["id"],
                    "client_id": provider["id"],
                    "name": provider["name"],
                    "settings": {
                        "verified_email": provider.get("trust_email", False),
                        "attribute_mapping": {
                            "uid": f"{OIOSAML}professional/uuid/persistent",
                            "email": f"{OIOSAML}email",
                            "name": f"{OIOSAML}fullName",
                        },
                        "idp": {
                            "entity_id": provider["entity_id"],
                            "sso_url": provider["sso_url"],
                            "x509cert": provider["certificate"],
                        },
                        "advanced": {
                            "private_key": key,
                            "x509cert": certificate,
                            "authn_request_signed": True,
                            "metadata_signed": True,
                            "want_assertion_signed": True,
                            "want_assertion_encrypted": True,
                            "name_id_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                        },
                    },
                }
                for provider in providers
            ],
        }
    }
