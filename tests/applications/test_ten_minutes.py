"""An application from a filled profile, read and typed as somebody does who has never seen it.

The estimate: every word on every page on the way is read once, at 200 words a minute, with all that is filled in
already; every character that she must write is typed at 200 a minute. No page is skimmed and no text is pasted, so
that whoever knows the pages is faster. Asked twice is a control that is empty although the answer is known here.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fyrtaarn.applications.models import Application
from fyrtaarn.areas.models import District
from fyrtaarn.organisations.models import Organisation
from tests.harness.people import make_department, make_employee
from tests.portal.conftest import SITUATION, make_challenge, make_solution

from .conftest import Round

WORDS_A_MINUTE = CHARACTERS_A_MINUTE = 200
MOST_MINUTES = 10
TYPED = {
    "effekt": {"goals-0-measure": "Vi tæller, hvor mange der kommer igen.", "goals-0-target": "40 i løbet af et år"},
    "budget": {
        "lines-0-text": "Gryder og service til 40",
        "lines-0-oere": "12.500",
        "lines-1-text": "Leje af lokale i ti måneder",
        "lines-1-oere": "20.000",
        "lines-2-text": "Frivilliges tid",
        "lines-2-oere": "5.000",
    },
    "oekonomi": {
        "future_economy": "Gæsterne betaler 30 kroner for et måltid, og det dækker råvarerne. Vi søger boligforeningen om"
        " gratis lokale, når det første år er gået, og de frivillige bliver."
    },
}
CHOSEN = {"budget": {"lines-1-kind": "rent", "lines-2-source": "own"}, "oekonomi": {"aid_declared": "on"}}
SPOKEN = {"script", "style", "template"}
VOID = {"input", "br", "hr", "img", "meta", "link", "source", "col", "wbr"}


@dataclass
class Reading(HTMLParser):
    """A page's main part: the words to be read, and what its controls hold by name."""

    words: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        is_box = kind in ("checkbox", "radio")
        if tag == "input" and name and (not is_box or "checked" in given):
            self.held[name] = given.get("value", "on" if is_box else "")
            if not is_box and kind != "hidden":
                self.words += self.held[name].split()
        if tag == "textarea":
            self.held[name] = ""
        select = next((held["name"] for opened, held in self.open if opened == "select"), None)
        if tag == "option" and select and ("selected" in given or select not in self.held):
            self.held[select] = given.get("value", "")
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        opened = [tag for tag, _given in self.open]
        if "main" not in opened or SPOKEN & set(opened):
            return
        self.words += data.split()
        if opened[-1] == "textarea":
            self.held[self.open[-1][1]["name"]] += data.removeprefix("\n")


def read(page: Any) -> Reading:
    assert page.status_code == 200, page
    reading = Reading()
    reading.feed(page.content.decode())
    return reading


@pytest.fixture
def known(round_: Round, kolding: Any) -> dict[str, Any]:
    """What is known of the applicant; by the control that would ask for it."""
    Organisation.objects.filter(pk=round_.organisation.pk).update(what="Vi laver mad.", for_whom="Ældre.")
    editor: Any = make_employee(kolding, "department_editor", make_department(kolding), name="Erik")
    district = District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    solution: Any = make_solution(
        round_.owner, round_.organisation, published=True, for_whom="Ældre, der spiser alene", districts=[district]
    )
    challenge: Any = make_challenge(editor, kolding, published=True, change="Flere spiser sammen hver uge")
    return {
        "solution": solution,
        "challenge": challenge,
        "hvad": {
            "title": solution.title,
            "what": solution.what,
            "for_whom": solution.for_whom,
            "why": SITUATION,
            "district": str(district.pk),
            "contact": str(round_.owner.pk),
        },
        "effekt": {"goals-0-text": challenge.change},
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_an_application_takes_less_than_ten_minutes(round_: Round, known: dict[str, Any], language: str) -> None:
    round_.owner.language = language
    round_.owner.save()
    client = Client()
    client.force_login(round_.owner)
    begin = reverse("applications:begin", args=[round_.call.pk])
    pages = [read(client.get(reverse("pools:call", args=["kolding", round_.pool.slug, 1]))), read(client.get(begin))]
    assert "organisation" in pages[-1].held, "the one organisation is chosen"
    chosen = {"solution": known["solution"].pk, "challenge": known["challenge"].pk}
    assert client.post(begin, {**pages[-1].held, **chosen}).status_code == 302
    draft = Application.objects.get()

    asked_twice = []
    for step in ("hvad", "effekt", "budget", "oekonomi"):
        address = reverse("applications:step", args=[draft.pk, step])
        page = read(client.get(address))
        asked_twice += [
            name for name, answer in known.get(step, {}).items() if page.held[name].strip() != answer.strip()
        ]
        asked_twice += [name for name in ("starts", "last_day") if step == "hvad" and not page.held[name]]
        answer: Any = client.post(address, {**page.held, **TYPED.get(step, {}), **CHOSEN.get(step, {})})
        assert answer.status_code == 302, answer.context["form"].errors
        pages.append(page)
    pages.append(read(client.get(reverse("applications:check", args=[draft.pk]))))
    assert client.post(reverse("applications:send", args=[draft.pk])).status_code == 302
    pages.append(read(client.get(reverse("applications:receipt", args=[draft.pk]))))

    assert asked_twice == []
    words = sum(len(page.words) for page in pages)
    characters = sum(len(text) for texts in TYPED.values() for text in texts.values())
    assert words > 400, "the pages are read, not passed over"
    assert words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE < MOST_MINUTES, (words, characters)
