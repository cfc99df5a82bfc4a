"""Somebody with a browser without scripts: she opens pages, fills in the forms that stand there, and sends them."""

import re
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx

PASSWORD = "en lang og god sætning"
PATIENCE = 60  # on a busy machine everything takes long
BEFORE_THE_NEXT = 5.0
OK, FOUND, TOO_MANY = 200, 302, 429


class NotDone(Exception):
    """The product did not acknowledge what was asked: no answer, or another answer than a redirect after a POST.

    `began` is when the request was sent, by the monotonic clock.
    """

    def __init__(self, what: str, began: float) -> None:
        super().__init__(what)
        self.began = began


@dataclass
class WrittenForm:
    """A form as it stands in a page, with what it holds already."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    """The values of each drop-down list by what it shows."""


class FormReader(HTMLParser):
    """All POST forms of a page with the values that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[WrittenForm] = []
        self.open: WrittenForm | None = None
        self.area = self.choice = ""
        self.option: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open = WrittenForm(given.get("action", ""))
            self.forms.append(self.open)
        name = given.get("name", "")
        if self.open is None or (not name and tag != "option"):
            return
        if tag == "input" and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.open.fields.setdefault(name, []).append(given.get("value", ""))
            else:
                self.open.fields.setdefault(name, [])
        elif tag == "textarea":
            self.area = name
            self.open.fields[name] = [""]
        elif tag == "select":
            self.choice = name
            self.open.fields.setdefault(name, [])
        elif tag == "option" and self.choice:
            self.option = given.get("value", "")
            if "selected" in given:
                self.open.fields[self.choice].append(self.option)

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.option is not None:
            self.open.options.setdefault(self.choice, {})[data.strip()] = self.option
        elif self.open is not None and self.area:
            self.open.fields[self.area][0] += data.removeprefix("\n") if not self.open.fields[self.area][0] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "option":
            self.option = None
        elif tag == "select":
            self.choice = ""


class Visitor:
    """One person's browser."""

    def __init__(self, site: str) -> None:
        headers = {"Accept-Language": "da", "Connection": "close"}  # as from a proxy that keeps no connections
        self.browser = httpx.Client(base_url=site, timeout=PATIENCE, headers=headers)

    def ask(self, method: str, address: str, expected: int, **sent: Any) -> httpx.Response:
        """One request and its answer; raises NotDone where it has another status than expected, or none comes."""
        began = time.monotonic()
        try:
            answer = self.browser.request(method, address, follow_redirects=expected == OK, **sent)
        except httpx.HTTPError as fault:
            raise NotDone(f"{address}: {fault!r}", began) from fault
        if answer.status_code == TOO_MANY:  # many sign in at once from one network address: wait as asked
            time.sleep(BEFORE_THE_NEXT)
            return self.ask(method, address, expected, **sent)
        if answer.status_code != expected:
            raise NotDone(f"{address}: {answer.status_code}", began)
        return answer

    def get(self, path: str) -> httpx.Response:
        """A page that is there."""
        return self.ask("GET", path, OK)

    def form_with(self, page: httpx.Response, names: Collection[str]) -> WrittenForm:
        """The first form of the page that has all the fields; raises NotDone where there is none."""
        reader = FormReader()
        reader.feed(page.text)
        found = next((form for form in reader.forms if set(names) <= form.fields.keys()), None)
        if found is None:
            raise NotDone(f"{page.url} has no form with {sorted(names)}", time.monotonic())
        return found

    def links(self, path: str, pattern: str) -> list[str]:
        """The addresses in a page that begin with the pattern, in their order."""
        return [unescape(found) for found in re.findall(rf'href="({pattern}[^"]*)"', self.get(path).text)]

    def send(self, path: str, **given: Any) -> str:
        """Fill in a form and send it, as `answer_to` does; returns where it leads."""
        return str(self.answer_to(path, **given).headers["Location"])

    def answer_to(
        self,
        path: str,
        *,
        expected: int = FOUND,
        holds: str = "",
        upload: tuple[str, bytes] | None = None,
        **values: Any,
    ) -> httpx.Response:
        """Fill in the form of the page that has all the named fields, and send it; returns the answer.

        `holds` names a field that the form has and that stays as it is. In a drop-down list a value may be what the
        list shows. `go` is the button that is pressed. Acknowledged is what the product answers with a redirect;
        raises NotDone otherwise.
        """
        page = self.get(path)
        form = self.form_with(page, ({holds} if holds else set()) | values.keys() - {"go"})
        given = {name: form.options.get(name, {}).get(str(value), str(value)) for name, value in values.items()}
        fields = form.fields | {name: [value] for name, value in given.items()}
        address = urljoin(str(page.url), form.action)
        files = {"uploads": (upload[0], upload[1])} if upload else None
        return self.ask("POST", address, expected, data=fields, files=files, headers={"Referer": str(page.url)})

    def sign_in(self, email: str) -> None:
        self.send("/konto/login/", login=email, password=PASSWORD)
