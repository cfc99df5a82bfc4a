"""Somebody at a browser: what she does, by mouse or by keyboard alone, and what she must be able to see."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Locator, Page, Response, expect

from tests.harness.browser import DESK, PHONE, assert_good_page

MOST_STOPS = 300
MARK = """control => [control, ...(control.labels ?? [])].flatMap(element => [null, "::before", "::after"].map(part => {
  const style = getComputedStyle(element, part);
  return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor].join();
})).join()"""
"""How a control and its label are drawn round the edge: what must change when the control has the focus."""
IS_REACHED = "control => control === document.activeElement"
IS_ON_SCREEN = """control => {
  const box = (control.getBoundingClientRect().width > 1 ? control : control.labels[0]).getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""
PASSWORD = "en lang og god sætning"
FILLED = re.compile(r"%\(\w+\)s")
SEEN: set[tuple[Any, ...]] = set()
"""What has been looked at closely in this run: each page once for each kind of person and language."""


@dataclass
class Person:
    """One reader in one browser. Texts are named by their English source and looked up in her language."""

    page: Page
    site: str
    who: str
    language: str
    has_scripts: bool = True
    keyboard_only: bool = False
    on_phone: bool = False
    faults: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)

    def words(self, text: str, **values: Any) -> str:
        """A text of the product as she reads it."""
        with translation.override(self.language):
            translated = gettext(text)
        return translated % values if values else translated

    def counted(self, one: str, many: str, count: int) -> str:
        """A text of the product with a number in it as she reads it."""
        with translation.override(self.language):
            return ngettext(one, many, count) % {"count": count}

    @property
    def size(self) -> dict[str, int]:
        """How large her screen is."""
        return PHONE if self.on_phone else DESK

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
        self.overwrites(self.field(label), text)

    def overwrites(self, control: Locator, text: str) -> None:
        """Write this in place of what stands in a control."""
        if self.keyboard_only:
            self._reaches(control)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.press("Delete")
            self.page.keyboard.type(text)
        else:
            control.fill(text)
        expect(control).to_have_value(text)

    def searches(self, words: str) -> None:
        """Ask in the page's search box."""
        box = self.page.locator("main").get_by_role("searchbox").first
        if self.keyboard_only:
            self._reaches(box)
            self.page.keyboard.type(words)
        else:
            box.fill(words)
        self.presses("Search")

    def dates(self, label: str, day: date) -> None:
        """Write a day in a browser's date control."""
        control = self.field(label)
        if self.keyboard_only:
            self._reaches(control)
            self.page.keyboard.type(f"{day:%m%d%Y}")  # the order in which this browser asks for it
        else:
            control.fill(day.isoformat())
        expect(control).to_have_value(day.isoformat())

    def uploads(self, label: str, file: Path) -> None:
        """Choose a file in the dialogue that the browser opens."""
        with self.page.expect_file_chooser() as chooser:
            self._acts_on(self.field(label))
        chooser.value.set_files(file)

    def chooses(self, label: str, option: str) -> None:
        """Choose in a drop-down list."""
        self.picks(self.field(label), option)

    def picks(self, control: Locator, option: str) -> None:
        """Choose this in a drop-down list."""
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
        if self.keyboard_only and box.get_attribute("type") == "radio":
            self._chooses_with_arrows(box)
        elif self.keyboard_only:
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
        kind = (view.view_name, self.page.title(), self.language, self.who)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        if kind in SEEN or self.keyboard_only or not self.has_scripts:
            return
        SEEN.add(kind)
        assert_good_page(self.page)
        self.page.set_viewport_size(self.size)  # type: ignore[arg-type]
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

    def _chooses_with_arrows(self, choice: Locator) -> None:
        """The Tab key comes to a group of radio buttons once; the arrows go about in it and choose."""
        group = self.page.locator(f"input[name='{choice.get_attribute('name')}']")
        chosen = group.and_(self.page.locator(":checked"))
        self._reaches(chosen if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _step in range(group.count()):
            if choice.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _reaches(self, control: Locator) -> None:
        """Come to a control with the Tab key alone, and see that one is there."""
        before = None
        for _stop in range(MOST_STOPS):
            if control.evaluate(IS_REACHED):
                assert control.evaluate(IS_ON_SCREEN), f"{control} on {self.page.url} has the focus out of sight"
                assert control.evaluate(MARK) != before, f"{control} on {self.page.url} does not show the focus"
                return
            before = before or control.evaluate(MARK)
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{control} on {self.page.url} cannot be reached with the Tab key")


def _is_a_page(answer: Response) -> bool:
    """Whether a browser shows it as a new page, and not what a script asked for or a redirection."""
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400
