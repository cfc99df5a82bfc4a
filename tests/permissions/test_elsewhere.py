"""What is no page of its own: who finds which thing where, and that what is hidden changes nothing for the others."""

import re
from typing import Any

import pytest

from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.saved import save_search, tell_of
from tests.harness.people import make_organisation, make_user

from .channels import addresses, told
from .marked import HIDDEN, OPEN, Place, make, make_place
from .report import agrees
from .test_matrix import signed_in
from .town import make_everything

WHAT_IS_NO_PAGE = "What is no page"
MADE = tuple(about for about in (*OPEN, *HIDDEN) if about != "organisation")
NEW_IN_EVERY_ANSWER = re.compile(  # tokens, times and signatures, and the time in a feed without entries
    r"\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[^>]*(?=</updated></feed>)"
    r"|:\w{6}:[\w-]{43}\b"
)


def people_of(place: Place, koebenhavn: Any) -> dict[str, Any]:
    other_owner = make_user("Frank Fremmed")
    make_organisation(koebenhavn, "Et andet sted", owner=other_owner)
    return {
        "visitor": None,
        "person without a role": make_user("Nora Nabo"),
        **place.staff,
        "organisation owner": place.owner,
        "organisation member": place.member,
        "owner, other organisation": other_owner,
        "every role, other municipality": make_everything(koebenhavn, "Alle Roller"),
    }


@pytest.mark.django_db
def test_who_finds_what_where_is_as_the_table_says(kolding: Any, koebenhavn: Any) -> None:
    place = make_place(kolding, "ve")
    people = people_of(place, koebenhavn)
    for person in people.values():
        if person is not None:
            save_search(person, name="Alt nyt")
    make(place, MADE)
    for listing in Listing.objects.order_by("pk"):
        tell_of(listing.pk)
    things = list(place.things.values())
    found: dict[tuple[str, str], dict[str, bool]] = {}
    for role, client in signed_in(people).items():
        for channel, address in addresses(place, things):
            text = told(client, address)
            for about, thing in place.things.items():
                row = found.setdefault((channel, about), dict.fromkeys(people, False))
                row[role] = row[role] or thing.telling in text.lower()
    lines = [
        f"| {channel} | {about} | {' | '.join('yes' if there else '–' for there in row.values())} |"
        for (channel, about), row in found.items()
        if any(row.values())
    ]
    head = ["where", "thing", *people]
    agrees(WHAT_IS_NO_PAGE, [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *lines])
    unseen = set(place.things) - {about for _channel, about in found if any(found[_channel, about].values())}
    assert not unseen, f"nobody finds {sorted(unseen)} anywhere: the test would not notice who does"


DRAFTS = ("draft challenge", "draft solution", "agreement for the parties alone", "draft agreement")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hidden", "outsiders"),
    [
        # a dialogue is left out: that there is one shows in the state of the challenge
        (
            tuple(about for about in HIDDEN if about != "dialogue"),
            ("visitor", "council member", "owner, other organisation", "every role, other municipality"),
        ),
        (DRAFTS, ("editor, other department",)),
    ],
    ids=["from outsiders", "from colleagues"],
)
def test_what_is_hidden_changes_nothing_for_the_others(
    kolding: Any, koebenhavn: Any, hidden: tuple[str, ...], outsiders: tuple[str, ...]
) -> None:
    """No total, count, suggestion, correction of a word, score or list is other than before it was there."""
    place = make_place(kolding, "ve")
    people = {role: person for role, person in people_of(place, koebenhavn).items() if role in outsiders}
    make(place, OPEN[:3])
    fold()
    asked = [place.things[about] for about in hidden]
    before = all_told(place, people, asked)
    make(place, hidden)
    assert_same(before, all_told(place, people, asked))
    fold()
    assert_same(before, all_told(place, people, asked))


def all_told(place: Place, people: dict[str, Any], asked: Any) -> dict[tuple[str, str], str]:
    return {
        (role, address): NEW_IN_EVERY_ANSWER.sub("", told(client, address))
        for role, client in signed_in(people).items()
        for _channel, address in addresses(place, asked)
    }


def assert_same(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> None:
    assert before.keys() == after.keys()
    for where, text in before.items():
        pairs = zip(text.splitlines(), after[where].splitlines(), strict=False)
        assert text == after[where], f"{where}: {[pair for pair in pairs if pair[0] != pair[1]][:3]}"
