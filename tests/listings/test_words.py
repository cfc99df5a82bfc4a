"""A new vocabulary: listings are read with it one by one, and questions when all have been."""

from dataclasses import replace
from typing import Any

import pytest

from fyrtaarn.listings import upkeep
from fyrtaarn.people.actions import appoint
from fyrtaarn.vocabulary import actions, current
from fyrtaarn.vocabulary.models import VocabularyConcept, VocabularyVersion
from fyrtaarn.vocabulary.queries import draft_version
from tests.harness.people import make_user
from tests.listings.samples import found, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(kolding: Any) -> VocabularyVersion:
    """A version in which a word that nobody knows leads to bicycles; a listing that uses it."""
    actions.take_shipped()
    actions.serve(1)
    listed(kolding, "Værkstedet", "Vi sætter en gammel knallblip i stand.")
    listed(kolding, "Haven", "Vi dyrker grøntsager.")
    editor = make_user("Rosa")
    appoint(editor, "vocabulary_editor")
    concept = VocabularyConcept.objects.filter(danish__contains=["cykel"], kind="c").order_by("pk")[0]
    entry = replace(concept.entry, danish=(*concept.danish, "knallblip"))
    actions.change_concept(concept, entry, version=concept.version, by=editor)
    return actions.publish(draft_version(), "Nyt ord", by=editor)


def test_a_published_word_leads_to_what_it_means(published: VocabularyVersion) -> None:
    assert "Værkstedet" not in found("cykel")
    upkeep.take_up(published.number)
    published.refresh_from_db()
    assert (published.looked_at, published.changed) == (2, 1)
    assert published.serving_since
    assert published.progress == 100
    found("cykel")  # the question that hears of the new version
    assert found("cykel") == ["Værkstedet"]
    assert found("knallblip") == ["Værkstedet"]
    assert list(upkeep.compare())[-1][1] == []


def test_questions_wait_for_all_listings(published: VocabularyVersion) -> None:
    found("cykel")
    assert current.for_questions() is current.taxonomy_numbered(1)
    assert current.for_listings() is not current.taxonomy_numbered(1)
    upkeep.take_up(published.number)
    found("cykel")
    assert current.for_questions() is current.for_listings()


def test_a_version_gives_way_to_a_newer_one(published: VocabularyVersion) -> None:
    upkeep.take_up(1)
    assert VocabularyVersion.objects.get(number=2).serving_since is None
    assert VocabularyVersion.objects.get(number=1).serving_since
