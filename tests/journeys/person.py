"""Somebody at a browser: what she does, by mouse or by keyboard alone, and what she must be able to see."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, Response, expect

from tests.harness.browser import assert_good_page

MOST_STOPS = 300
PASSWORD = "en lang og god sætning"
FILLED = re.compile(r"%\(\w+\)s")
SEEN: set[tuple[Any, ...]] = set()
"""What has been looked at closely in this run: each page type once for each kind of person and language."""


@dataclass
class Person:
    """One reader in one browser. Texts are named by their English source and looked up in her language."""

    page: Page
    site: str
    who: str
    language: str
    has_scripts: bool = True
    keyboard_only: bool = False
    faults: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)

    def words(self, text: str, **values: Any) -> str:
        """A text of the product as she reads it."""
        with translation.override(self.language):
            translated = gettext(text)
        return translated % values if values else translated

    # Going about

    def goes_to(self, path: str) -> None:
        """Type an address: a path of ours, or a whole address from a mail or a friend."""
        self.looks(self.page.goto(path if path.startswith("http") else self.site + path))

    def follows(self, text: str, *, within: Locator | None = None, **values: Any) -> None:
        """Follow a link with this text; the first, where a page offers the same way twice."""
        link = (within or self.page).get_by_role("link", name=self.words(text, **values), exact=True)
        self._goes_on(link.filter(visible=True).first)

    def follows_title(self, title: str) -> None:
        """Follow a link to something that people have named."""
        self._goes_on(self.page.locator("main").get_by_role("link", name=title, exact=True).first)

    def presses(self, text: str, *, within: Locator | None = None, stays: bool = False) -> None:
        """Press the button with this text; `stays` where the page changes in place."""
        button = (within or self.page.locator("main")).get_by_role("button", name=self.words(text), exact=True).first
        if stays:
            self._acts_on(button)
        else:
            self._goes_on(button)

    def opens(self, text: str) -> None:
        """Unfold what is folded below this text."""
        self._acts_on(self.page.locator("summary").filter(has_text=self.words(text)).first)

    def opens_newest_notice(self) -> None:
        """From the menu to her notices, and from the newest to what it is about."""
        self._goes_on(self.page.get_by_role("banner").get_by_role("link", name=re.compile(self.words("Notices"))).first)
        self.presses("Open")

    # Filling in

    def field(self, label: str) -> Locator:
        """The control with this label, needed or optional."""
        name = re.escape(self.words(label))
        return self.page.locator("main").get_by_label(re.compile(rf"^\s*{name}(\s*\([^)]*\))?\s*$", re.IGNORECASE))

    def writes(self, label: str, text: str) -> None:
        control = self.field(label)
        if self.keyboard_only:
            self._reaches(control)
            self.page.keyboard.type(text)
        else:
            control.fill(text)
        expect(control).to_have_value(text)

    def chooses(self, label: str, option: str) -> None:
        """Choose in a drop-down list."""
        control = self.field(label)
        if self.keyboard_only:
            self._reaches(control)
            self.page.keyboard.type(option)
        else:
            control.select_option(label=option)
        expect(control.locator("option:checked")).to_have_text(option)

    def ticks(self, label: str | re.Pattern[str]) -> None:
        """Tick a box, or choose among a few."""
        name = self.words(label) if isinstance(label, str) else label
        box = self.page.locator("main").get_by_label(name, exact=True)
        if self.keyboard_only:
            self._reaches(box)
            self.page.keyboard.press("Space")
        else:
            self.page.locator(f"label[for='{box.get_attribute('id')}']").click()
        expect(box).to_be_checked()

    # Seeing

    def sees(self, text: str, **values: Any) -> None:
        """Read a text of the product in the page's content; what it is filled with may be left open."""
        words = self.words(text, **values)
        self.reads(words if values else max(FILLED.split(words), key=len).strip())

    def reads(self, text: str) -> None:
        """Read something that people have written, or that was put together."""
        expect(self.page.locator("main").get_by_text(text).filter(visible=True).first).to_be_visible()

    def section(self, title: str) -> Locator:
        """The part of the page below a heading."""
        heading = self.page.get_by_role("heading", name=self.words(title), exact=True)
        return self.page.locator("section").filter(has=heading)

    def looks(self, answer: Response | None) -> None:
        """Look closely at a page that she has not met yet: it is accessible and within the screen.

        What the server answered is kept, to be validated at the end of the journey.
        """
        view = resolve(urlsplit(self.page.url).path)
        kind = (view.view_name, view.kwargs.get("step"), self.language, self.who)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        if kind in SEEN or self.keyboard_only or not self.has_scripts:
            return
        SEEN.add(kind)
        assert_good_page(self.page)
        assert answer is not None
        self.sources[self.page.url] = answer.text()

    # How it is done

    def _goes_on(self, control: Locator) -> None:
        with self.page.expect_event("load"), self.page.expect_response(_is_a_page) as answer:
            self._acts_on(control)
        self.looks(answer.value)

    def _acts_on(self, control: Locator) -> None:
        if self.keyboard_only:
            self._reaches(control)
            self.page.keyboard.press("Enter")
        else:
            control.click()

    def _reaches(self, control: Locator) -> None:
        """Come to a control with the Tab key alone."""
        for _stop in range(MOST_STOPS):
            if control.evaluate("control => control === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{control} on {self.page.url} cannot be reached with the Tab key")


def _is_a_page(answer: Response) -> bool:
    """Whether a browser shows it as a new page, and not what a script asked for or a redirection."""
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400
