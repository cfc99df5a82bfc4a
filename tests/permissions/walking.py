"""Walk every address as every role, and write what happened as a table that a person can read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SIGN_IN = "/konto/login/"
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Visit:
    """One address with the object that it is about, in words."""

    name: str
    about: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)  # what a POST sends; bytes are sent as a file

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs=dict(self.kwargs)) + self.query


def url_names() -> Iterator[str]:
    """The full names of all addresses of the product."""
    yield from sorted(set(_names(get_resolver().url_patterns, "")))


def _names(patterns: Iterable[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}"


def outcome(method: str, response: HttpResponse) -> str | None:
    """What happened, in the table's words; None when the address does not take the method."""
    if response.status_code == 405:
        return None
    if response.status_code == 302 and response.headers["Location"].startswith(SIGN_IN):
        return "sign in"
    words = {403: "no", 404: "hidden"}
    if response.status_code in words:
        return words[response.status_code]
    assert response.status_code < 500, f"{response.request['PATH_INFO']} failed"  # type: ignore[attr-defined]
    is_file = "Content-Disposition" in response.headers
    return "form" if method == "POST" and response.status_code in (200, 422) and not is_file else "yes"


def visit(client: Client, method: str, one: Visit) -> str | None:
    """Visit once; whatever it changes is rolled back, also where she is signed in."""
    kept = dict(client.cookies)
    with transaction.atomic():
        response = client.get(one.url) if method == "GET" else client.post(one.url, sent(one.form))
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(kept)
    return outcome(method, response)  # type: ignore[arg-type]


def sent(form: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: SimpleUploadedFile("liste.csv", value) if isinstance(value, bytes) else value
        for name, value in form.items()
    }


Row = tuple[str, str, list[str]]  # method and address, object, a word for each role


def walk(visits: Iterable[Visit], clients: Mapping[str, Client]) -> list[Row]:
    """One row an address, object and method; none for a method that the address does not take.

    Whether it takes a method is asked as the last of the roles, who is signed in: no role changes that.
    """
    rows = []
    *others, last = clients.values()
    for one in visits:
        for method in METHODS:
            word = visit(last, method, one)
            if word is not None:
                words = [visit(client, method, one) or "–" for client in others]
                rows.append((f"{method} {one.name}", one.about, [*words, word]))
    return rows


def table(roles: Iterable[str], rows: Iterable[Row]) -> list[str]:
    """The rows as a table in Markdown."""
    head = ["address", "about", *roles]
    lines = [[address, about, *words] for address, about, words in rows]
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *lines)]
