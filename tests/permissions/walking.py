"""Walk every address as every role, and write what happened as a table that a person can read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SIGN_IN = "/konto/login/"
METHODS = ("GET", "POST")
HEADING = """# Who may see and do what

Every address of the product, visited as every role; `make permissions` writes this table anew, and the tests fail
when the product behaves otherwise. Read each change of it with care.

- **yes**: the page opens, or the act is carried out (a form that lacks something counts too)
- **no**: refused, and told why (403)
- **hidden**: as if it were not there (404)
- **sign in**: asked to sign in first

“Own” and “other” are seen from Kolding, its social department and the example organisation.
"""


@dataclass(frozen=True)
class Visit:
    """One address with the object that it is about, in words."""

    name: str
    about: str
    kwargs: Mapping[str, Any]
    query: str = ""
    form: str = ""  # what a POST sends, where an empty form would be refused whoever sends it

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs=dict(self.kwargs)) + self.query


def url_names(prefix: tuple[str, ...] = ()) -> Iterator[str]:
    """The full names of all addresses of the product."""
    yield from sorted(set(_names(get_resolver().url_patterns, "")))


def _names(patterns: Iterable[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}"


def outcome(response: HttpResponse) -> str | None:
    """What happened, in the table's words; None when the address does not take the method."""
    if response.status_code == 405:
        return None
    if response.status_code == 302 and response.headers["Location"].startswith(SIGN_IN):
        return "sign in"
    words = {403: "no", 404: "hidden"}
    if response.status_code in words:
        return words[response.status_code]
    assert response.status_code < 500, f"{response.request['PATH_INFO']} failed"  # type: ignore[attr-defined]
    return "yes"


def visit(client: Client, method: str, url: str, form: str = "") -> str | None:
    """Visit once; whatever it changes is rolled back."""
    with transaction.atomic():
        response = client.generic(method, url, form, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return outcome(response)


def table(visits: Iterable[Visit], clients: Mapping[str, Client]) -> list[str]:
    """The rows of the table, one an address, object and method."""
    rows = ["| address | about | " + " | ".join(clients) + " |", "|---" * (len(clients) + 2) + "|"]
    for one in visits:
        for method in METHODS:
            cells = [visit(client, method, one.url, one.form) for client in clients.values()]
            if any(cells):
                rows.append(f"| {method} {one.name} | {one.about} | " + " | ".join(c or "–" for c in cells) + " |")
    return rows
