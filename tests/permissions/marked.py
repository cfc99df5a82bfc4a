"""Things that can be told apart wherever they turn up: each has a word to ask for, and one that tells that it is there.

The asked word stands in the question too, so only the telling word counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fyrtaarn.agreements import actions as agreement_actions
from fyrtaarn.agreements.models import Agreement
from fyrtaarn.entrance import actions as entrance_actions
from fyrtaarn.imports.models import ImportRun
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.organisations import actions as organisation_actions
from fyrtaarn.organisations.models import Membership, Organisation
from fyrtaarn.portal import actions as portal_actions
from tests.agreements.conftest import terms
from tests.harness.people import make_employee, make_organisation, make_user
from tests.portal.conftest import make_challenge, make_solution

from .town import make_staff

# Words that no dictionary has and that are near to none, so that nothing reads them as another word
SYLLABLES = ("gvork", "blunx", "drymf", "skvap", "prolv", "tjimb", "knurx", "flomp", "vrisk", "hjalf",
             "mvost", "strix", "krumv", "plaxt", "brilx", "fjumb", "glopv", "snarx", "trilf", "zwemp")  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """A thing in words, the word to ask for it and the word that gives it away."""

    about: str
    asked: str
    telling: str


@dataclass
class Place:
    """A municipality's people and marked things; none of the things are there before they are made."""

    municipality: Any
    organisation: Organisation
    unclaimed: Organisation
    staff: dict[str, Any]
    owner: Any
    member: Any
    things: dict[str, Marked]

    @property
    def editor(self) -> Any:
        return self.staff["department editor"]

    @property
    def social(self) -> Any:
        return self.municipality.departments.get(name="Socialforvaltningen")

    @property
    def culture(self) -> Any:
        return self.municipality.departments.get(name="Kulturforvaltningen")

    def words(self, about: str) -> str:
        return f"{self.things[about].asked.capitalize()} {self.things[about].telling}"


HIDDEN = ("internal challenge", "draft challenge", "draft solution", "withdrawn solution", "dialogue",
          "agreement for the parties alone", "draft agreement", "import", "claim", "role", "question")  # fmt: skip
OPEN = ("public challenge", "offered solution", "public agreement", "organisation")


def make_place(municipality: Any, prefix: str) -> Place:
    """People, and words for the things that they will have."""
    things = {
        about: Marked(f"{municipality}: {about}", f"{prefix}{syllable}", f"{prefix}{syllable}{prefix}")
        for about, syllable in zip((*OPEN, *HIDDEN), SYLLABLES, strict=False)
    }
    owner, member = make_user("Olga Ejer"), make_user("Mads Medlem")
    named = f"{things['organisation'].asked} {things['organisation'].telling}"
    organisation: Any = make_organisation(municipality, named, owner=owner, what="Vi laver mad sammen med ældre.")
    Membership.objects.create(user=member, organisation=organisation, kind="member")
    organisation_actions.changed(organisation)
    unclaimed: Any = make_organisation(municipality, "Uden hold")
    return Place(municipality, organisation, unclaimed, make_staff(municipality), owner, member, things)


def make(place: Place, kinds: Iterable[str]) -> None:
    for about in kinds:
        MAKERS[about](place, about)


def challenge(place: Place, about: str) -> Any:
    audience = "municipality" if about.startswith("internal") else "public"
    published = not about.startswith("draft")
    title = place.words(about)
    return make_challenge(place.editor, place.municipality, published=published, title=title, audience=audience)


def solution(place: Place, about: str) -> Any:
    published = not about.startswith("draft")
    made = make_solution(place.owner, place.organisation, published=published, title=place.words(about))
    return portal_actions.withdraw_solution(place.owner, made) if about.startswith("withdrawn") else made


def dialogue(place: Place, about: str) -> Any:
    """Between things that are there already; the words are in what is written alone."""
    sought = Listing.objects.get(title=place.words("public challenge"))
    offered = Listing.objects.get(title=place.words("offered solution"))
    asked = meeting_actions.open_meeting(place.owner, sought, offered, place.words(about))
    return meeting_actions.accept(place.editor, asked)


def agreement(place: Place, about: str) -> Agreement:
    words = terms(title=place.words(about), public=about.startswith("public"))
    draft = agreement_actions.begin(place.editor, place.social, uuid4(), words)
    agreement_actions.add_party(place.editor, draft, place.organisation)
    draft.refresh_from_db()
    if not about.startswith("draft"):
        agreement_actions.propose(place.editor, draft, draft.version)
        agreement_actions.accept(place.owner, draft.wordings.get())
    return draft


def imported(place: Place, about: str) -> ImportRun:
    return ImportRun.objects.create(
        kind="solution",
        municipality=place.municipality,
        file_name=f"{place.words(about)}.xlsx",
        by=place.staff["municipality administrator"],
    )


def claimed(place: Place, about: str) -> Any:
    return organisation_actions.claim(make_user(place.words(about)), place.unclaimed, "Jeg er leder")


def given_role(place: Place, about: str) -> Any:
    return make_employee(place.municipality, "buyer", name=place.words(about))


def question(place: Place, about: str) -> Any:
    return entrance_actions.ask(place.owner, place.municipality, place.words(about))


MAKERS: dict[str, Callable[[Place, str], Any]] = {
    "public challenge": challenge,
    "offered solution": solution,
    "public agreement": agreement,
    "internal challenge": challenge,
    "draft challenge": challenge,
    "draft solution": solution,
    "withdrawn solution": solution,
    "dialogue": dialogue,
    "agreement for the parties alone": agreement,
    "draft agreement": agreement,
    "import": imported,
    "claim": claimed,
    "role": given_role,
    "question": question,
}
