"""Walk through the product as one role does, from link to link, and gather what can be asked and sent there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from .asking import Asker, page_of
from .pages import Form


@dataclass
class Found:
    """What the walks have found: addresses with what stood in their places, questions, and forms by who found them."""

    places: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    questions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: dict[tuple[str, tuple[str, ...]], dict[str, Form]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, address: str) -> str:
        """Remember an address; returns its name, or nothing where it is none of ours."""
        path, _mark, query = address.partition("?")
        try:
            match = resolve(path)
        except Resolver404:
            return ""
        values = match.captured_kwargs or {}
        if values not in self.places[match.view_name]:
            self.places[match.view_name].append(values)
        self.questions[match.view_name] |= parse_qs(query, keep_blank_values=True).keys()
        return str(match.view_name)

    def note_form(self, role: str, form: Form) -> None:
        """Remember a form by what it leads to and what it asks for, the first of each role's."""
        name = self.note(form.path)
        known = self.forms[name, form.names]
        if name and role not in known:
            known[role] = form


def walk(asker: Asker, begin: Iterable[str], found: Found, *, most: int) -> None:
    """Open every page that can be reached; at most so many of one kind."""
    waiting, seen, kinds = list(begin), set(), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        name = found.note(address)
        known = (urlsplit(address).path, frozenset(parse_qs(urlsplit(address).query, keep_blank_values=True)))
        if not name or known in seen or kinds[name] >= most:
            continue
        seen.add(known)
        response = asker.get(address)
        if response is None or response.status_code >= 300:
            waiting += [response.headers["Location"]] if response and "Location" in response.headers else []
            continue
        kinds[name] += 1
        page = page_of(response)
        waiting += page.links
        for form in page.forms:
            found.note_form(asker.role, form)
