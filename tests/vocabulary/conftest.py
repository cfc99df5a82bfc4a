"""An editor of the shared words, and a vocabulary small enough to see through."""

from typing import Any

import pytest

from fyrtaarn.vocabulary.content import Entry, content_of
from tests.harness.people import make_employee, make_user

SMALL = content_of(
    [
        Entry("cykler", "c", "Cykler", "Bicycles", danish=("cykel", "ladcykel"), english=("bicycle",)),
        Entry("mad", "c", "Mad", "Food", danish=("mad", "måltid", "køkken"), english=("food",)),
        Entry("madspild", "c", "Madspild", "Food waste", broader=("mad",), danish=("madspild", "overskudsmad")),
        Entry("unge", "g", "Unge", "Young people", danish=("ung", "unge"), english=("youth",)),
    ]
)


@pytest.fixture
def editor(db: None) -> Any:
    from fyrtaarn.people.actions import appoint

    user = make_user("Rosa Redaktør")
    appoint(user, "vocabulary_editor")
    return user


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, "municipality_administrator", name="Anna Administrator")


@pytest.fixture
def vocabulary(db: None) -> dict[str, Any]:
    """Version 1, as a first release brings it; the concepts by term."""
    return begin()


def begin() -> dict[str, Any]:
    from fyrtaarn.vocabulary.actions import take_shipped
    from fyrtaarn.vocabulary.models import VocabularyConcept

    take_shipped(SMALL)
    return {concept.term: concept for concept in VocabularyConcept.objects.order_by("pk")}
