"""The municipalities' identity providers, and the roles that their claims give: the table in the settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .models import DEPARTMENT_KINDS, RoleKind
from .oiosaml import privileges_in


@dataclass(frozen=True)
class Grant:
    """One line of the table: whose `claim` is, or holds, `value` has the role, in the department if one is named."""

    claim: str
    value: str
    role: str
    department: str = ""


@dataclass(frozen=True)
class Provider:
    """One identity provider; `municipality` is the one place where its claims give roles, by its slug.

    With `cvr`, only those come in whom the provider says to act for that organisation.
    """

    id: str
    name: str
    municipality: str
    grants: tuple[Grant, ...]
    cvr: str = ""

    def __str__(self) -> str:
        return self.name

    def roles_by(self, claims: Mapping[str, Any]) -> set[tuple[str, str]]:
        """The roles that these claims give: kind, and the department's slug or nothing."""
        return {(grant.role, grant.department) for grant in self.grants if grant.value in _said(claims, grant.claim)}


def providers() -> dict[str, Provider]:
    """All identity providers in the settings, by their id."""
    return {
        given["id"]: Provider(
            given["id"],
            given["name"],
            given.get("municipality", ""),
            tuple(Grant(**row) for row in given.get("roles", [])),
            given.get("cvr", ""),
        )
        for given in settings.IDENTITY_PROVIDERS
    }


def check() -> None:
    """Look through the table of roles. Raises ImproperlyConfigured, saying which line to mend."""
    for provider in providers().values():
        for grant in provider.grants:
            if grant.role not in RoleKind.values:
                raise ImproperlyConfigured(
                    f"{provider.id} gives the role {grant.role}, which is none. Use one of {', '.join(RoleKind.values)}."
                )
            if grant.role in DEPARTMENT_KINDS and not grant.department:
                raise ImproperlyConfigured(f"{provider.id} gives the role {grant.role} without naming a department.")


def claims_in(extra_data: Mapping[str, Any]) -> dict[str, Any]:
    """What a provider has said of a person at her last sign-in; the signed token weighs more than the rest."""
    parts = [extra_data[part] for part in ("userinfo", "id_token") if part in extra_data]
    if parts:
        return {name: value for part in parts for name, value in part.items()}
    return {**extra_data, "privileges": privileges_in(extra_data)}


def note_claims(user: Any, sociallogin: Any = None, **_about: Any) -> None:
    """When somebody has signed in by a provider, let her roles follow what it says of her."""
    from .actions import follow_provider  # which builds on this module

    provider = providers().get(sociallogin.account.provider) if sociallogin else None
    if provider is not None:
        follow_provider(user, provider, claims_in(sociallogin.account.extra_data))


def _said(claims: Mapping[str, Any], name: str) -> Iterator[str]:
    """All values of a claim; a name such as `realm_access.roles` also leads into claims within claims."""
    value: Any = claims.get(name)
    if value is None:
        value = claims
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    yield from (str(each) for each in (value if isinstance(value, list) else [value]) if each is not None)
