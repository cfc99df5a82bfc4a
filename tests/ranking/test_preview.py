"""The preview says what publishing does, and what was previewed is what is published."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings import upkeep
from fyrtaarn.people.actions import appoint
from fyrtaarn.ranking import actions
from fyrtaarn.ranking.models import RankingExample
from fyrtaarn.ranking.previewing import preview
from fyrtaarn.vocabulary import actions as words
from fyrtaarn.vocabulary.content import taxonomy_of
from fyrtaarn.vocabulary.current import for_listings
from fyrtaarn.vocabulary.models import VocabularyConcept, VocabularyVersion
from fyrtaarn.vocabulary.queries import changed_concepts, draft_content, draft_version
from tests.harness.people import make_employee, make_user
from tests.listings.samples import found, listed

pytestmark = pytest.mark.django_db
PREVIEW = "/administration/ord/proev/"


@pytest.fixture
def editor(db: None) -> Any:
    user = make_user("Rosa Redaktør")
    appoint(user, "vocabulary_editor")
    return user


@pytest.fixture
def example(kolding: Any, editor: Any) -> RankingExample:
    """A question whose best answer uses a word that only the draft knows."""
    words.take_shipped()
    words.serve(1)
    workshop = listed(kolding, "Værkstedet", "Vi sætter en gammel knallblip i stand.")
    listed(kolding, "Haven", "Vi dyrker grøntsager i et drivhus.")
    listed(kolding, "Skolen", "Vi lærer at læse.")
    concept = VocabularyConcept.objects.filter(danish__contains=["cykel"], kind="c").order_by("pk")[0]
    entry = replace(concept.entry, danish=(*concept.danish, "knallblip"))
    words.change_concept(concept, entry, version=concept.version, by=editor)
    kept = actions.keep_example("cykel", "", by=editor)
    actions.expect(kept, [workshop.pk], by=editor)
    return kept


def previewed() -> Any:
    changes = [change for _concept, change in changed_concepts()]
    examples = list(RankingExample.objects.prefetch_related("expected").order_by("pk"))
    return preview(examples, changes, for_listings(), taxonomy_of(draft_content()))


def test_the_preview_is_what_search_gives_before_and_after(example: RankingExample, editor: Any) -> None:
    [outcome] = previewed()
    before = [m.listing.title for m in sorted(outcome.moves, key=lambda m: m.before or 99) if m.before]
    after = [m.listing.title for m in sorted(outcome.moves, key=lambda m: m.after or 99) if m.after]
    assert before == found("cykel") == []
    assert after == ["Værkstedet"]
    assert (outcome.among_before, outcome.among_after, outcome.expected) == (0, 1, 1)
    assert outcome.before == 0 < outcome.after
    version = words.publish(draft_version(), "Nyt", by=editor)
    upkeep.take_up(version.number)
    found("cykel")
    assert found("cykel") == after


def test_a_draft_that_changes_nothing_moves_nothing(example: RankingExample, editor: Any) -> None:
    concept = VocabularyConcept.objects.get(pk=changed_concepts()[0][0].pk)
    words.undo(concept, by=editor)
    [outcome] = preview([example], [], for_listings(), taxonomy_of(draft_content()))
    assert not outcome.differs
    assert outcome.before == outcome.after


def test_what_few_may_see_is_no_answer_here(example: RankingExample, kolding: Any, editor: Any) -> None:
    hidden = listed(kolding, "Hemmelig", "cykel")
    hidden.codes = [code for code in hidden.codes if code != "see:all"] + [f"see:employee:{kolding.pk}"]
    hidden.save()
    actions.expect(example, [hidden.pk], by=editor)
    assert not example.expected.exists()
    assert "Hemmelig" not in [move.listing.title for outcome in previewed() for move in outcome.moves]


def test_only_editors_keep_examples(example: RankingExample, kolding: Any) -> None:
    administrator = make_employee(kolding, "municipality_administrator")
    for act in (
        lambda: actions.keep_example("x", "", by=administrator),
        lambda: actions.expect(example, [], by=administrator),
        lambda: actions.remove_example(example, by=administrator),
    ):
        with pytest.raises(Refused):
            act()
    assert example.expected.count() == 1


def test_the_page_publishes_what_it_showed(client: Client, example: RankingExample, editor: Any) -> None:
    client.force_login(editor)
    page = client.get(PREVIEW).content.decode()
    assert "Værkstedet" in page
    assert "kommer ind" in page
    assert "Bedre" in page
    seen = draft_version()
    words.add_concept(replace(draft_content()["c:beskæftigelse"], key="", label_da="Nyt"), by=editor)
    overtaken = client.post(PREVIEW, {"draft": seen, "note": "Min begrundelse"})
    assert overtaken.status_code == 422
    assert "Min begrundelse" in overtaken.content.decode()
    assert VocabularyVersion.objects.count() == 1
    again = overtaken.context["form"]["draft"].value()
    assert client.post(PREVIEW, {"draft": again, "note": ""}).status_code == 422
    assert client.post(PREVIEW, {"draft": again, "note": "Nu"}).status_code == 302
    assert VocabularyVersion.objects.count() == 2


def test_a_faulty_draft_is_not_previewed(client: Client, example: RankingExample, editor: Any) -> None:
    concept = VocabularyConcept.objects.filter(kind="c").order_by("pk")[0]
    words.change_concept(concept, replace(concept.entry, broader=("findes ikke",)), version=concept.version, by=editor)
    client.force_login(editor)
    page = client.get(PREVIEW)
    assert page.context["errors"]
    assert page.context["outcomes"] == []


def test_examples_are_kept_by_page(client: Client, example: RankingExample, editor: Any, kolding: Any) -> None:
    client.force_login(editor)
    listing = listed(kolding, "Bageriet", "Vi bager brød.")
    assert client.post("/administration/ord/eksempler/", {"question": ""}).status_code == 422
    kept = client.post("/administration/ord/eksempler/", {"question": "  brød  til kantinen "})
    path = kept.headers["Location"]
    assert "Bageriet" in client.get(path).content.decode()
    client.post(path, {"expected": [str(listing.pk), "x", "999999999999999999999"]})
    new = RankingExample.objects.get(question="brød til kantinen")
    assert [answer.listing for answer in new.expected.all()] == [listing]
    assert client.post("/administration/ord/eksempler/", {"question": "brød til kantinen"}).headers["Location"] == path
    client.post(f"{path}fjern/")
    assert not RankingExample.objects.filter(pk=new.pk).exists()


def test_an_administrator_looks_but_does_not_publish(client: Client, example: RankingExample, kolding: Any) -> None:
    administrator = make_employee(kolding, "municipality_administrator")
    client.force_login(administrator)
    assert client.get(PREVIEW).status_code == 200
    assert client.get(example.path).status_code == 200
    assert client.post(PREVIEW, {"draft": draft_version(), "note": "x"}).status_code == 403
    assert client.post(f"{example.path}fjern/").status_code == 403
