"""Edits of the draft, versions, releases and proposals."""

from dataclasses import replace
from typing import Any

import pytest

from fyrtaarn.foundation.history import history_of
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.vocabulary import actions
from fyrtaarn.vocabulary.content import Entry, content_of
from fyrtaarn.vocabulary.models import Proposal, ProposalState, VocabularyConcept, VocabularyVersion
from fyrtaarn.vocabulary.queries import changed_concepts, draft_content, draft_version, newest_content
from tests.harness.people import make_user
from tests.harness.races import at_once
from tests.vocabulary.conftest import SMALL, begin

pytestmark = pytest.mark.django_db
Concepts = dict[str, VocabularyConcept]


def fresh(concept: VocabularyConcept) -> VocabularyConcept:
    return VocabularyConcept.objects.get(pk=concept.pk)


def with_word(concept: VocabularyConcept, word: str, editor: Any) -> VocabularyConcept:
    entry = replace(concept.entry, danish=(*concept.danish, word))
    return actions.change_concept(concept, entry, version=fresh(concept).version, by=editor, why=f"De siger {word}")


def test_the_first_release_becomes_version_one(vocabulary: Concepts) -> None:
    assert [version.number for version in VocabularyVersion.objects.all()] == [1]
    assert draft_content() == newest_content() == SMALL
    assert changed_concepts() == []
    assert actions.take_shipped(SMALL) is None


def test_an_edit_is_kept_with_who_and_why(vocabulary: Concepts, editor: Any) -> None:
    with_word(vocabulary["c:cykler"], "jernhest", editor)
    context = history_of(vocabulary["c:cykler"]).last().pgh_context
    assert (context["user"], context["reason"]) == (editor.pk, "De siger jernhest")
    [(concept, change)] = changed_concepts()
    assert (concept.key, change.added) == ("cykler", ("jernhest",))


def test_the_second_of_two_editors_is_told(vocabulary: Concepts, editor: Any) -> None:
    concept = vocabulary["c:cykler"]
    with_word(concept, "jernhest", editor)
    with pytest.raises(Conflict):
        actions.change_concept(concept, replace(concept.entry, note="x"), version=1, by=editor)
    assert "jernhest" in fresh(concept).danish


def test_only_editors_change_anything(vocabulary: Concepts, administrator: Any) -> None:
    concept = vocabulary["c:cykler"]
    for act in (
        lambda: actions.change_concept(concept, concept.entry, version=1, by=administrator),
        lambda: actions.add_concept(Entry("", "c", "Nyt"), by=administrator),
        lambda: actions.withdraw(concept, by=administrator),
        lambda: actions.restore(concept, by=administrator),
        lambda: actions.undo(concept, by=administrator),
        lambda: actions.merge_concepts(concept, vocabulary["c:mad"], by=administrator),
        lambda: actions.split_concept(concept, "X", "X", ["cykel"], by=administrator),
        lambda: actions.settle(concept, theirs=True, by=administrator),
        lambda: actions.publish(draft_version(), "", by=administrator),
        lambda: actions.go_back_to(VocabularyVersion.objects.get(), by=administrator),
        lambda: actions.take_in(SMALL, draft_version(), by=administrator, why=""),
    ):
        with pytest.raises(Refused):
            act()
    assert draft_content() == SMALL


def test_a_new_concept_gets_a_key_of_its_own(vocabulary: Concepts, editor: Any) -> None:
    added = [
        actions.add_concept(Entry("", "c", "Cykler", danish=("tandem",)), by=editor),
        actions.add_concept(Entry("", "g", "Cykler", danish=("cyklist",)), by=editor),
    ]
    assert [concept.term for concept in added] == ["c:cykler-2", "g:cykler"]


def test_merging_moves_words_and_narrower_concepts(vocabulary: Concepts, editor: Any) -> None:
    actions.merge_concepts(vocabulary["c:mad"], vocabulary["c:cykler"], by=editor)
    assert fresh(vocabulary["c:cykler"]).danish == ["cykel", "ladcykel", "mad", "måltid", "køkken"]
    assert fresh(vocabulary["c:madspild"]).broader == ["cykler"]
    assert fresh(vocabulary["c:mad"]).withdrawn
    with pytest.raises(Refused):
        actions.merge_concepts(vocabulary["c:cykler"], vocabulary["g:unge"], by=editor)
    with pytest.raises(Refused):
        actions.merge_concepts(vocabulary["c:cykler"], vocabulary["c:cykler"], by=editor)


def test_splitting_moves_the_chosen_words(vocabulary: Concepts, editor: Any) -> None:
    new = actions.split_concept(vocabulary["c:mad"], "Køkkener", "Kitchens", ["køkken"], by=editor)
    assert (new.danish, new.label_en) == (["køkken"], "Kitchens")
    assert fresh(vocabulary["c:mad"]).danish == ["mad", "måltid"]
    for chosen in ([], ["ukendt"], ["mad", "måltid", "food"]):
        with pytest.raises(Refused):
            actions.split_concept(vocabulary["c:mad"], "X", "X", chosen, by=editor)


def test_a_concept_with_narrower_ones_is_not_withdrawn(vocabulary: Concepts, editor: Any) -> None:
    with pytest.raises(Refused, match="Madspild"):
        actions.withdraw(vocabulary["c:mad"], by=editor)
    actions.withdraw(vocabulary["c:madspild"], by=editor)
    actions.withdraw(vocabulary["c:mad"], by=editor)
    assert {"c:mad", "c:madspild"}.isdisjoint(draft_content())
    actions.restore(vocabulary["c:mad"], by=editor)
    assert draft_content()["c:mad"] == SMALL["c:mad"]


def test_undo_goes_back_to_the_newest_version(vocabulary: Concepts, editor: Any) -> None:
    with_word(vocabulary["c:cykler"], "jernhest", editor)
    new = actions.add_concept(Entry("", "c", "Nyt", danish=("nyt",)), by=editor)
    actions.withdraw(vocabulary["g:unge"], by=editor)
    for concept in (vocabulary["c:cykler"], new, vocabulary["g:unge"]):
        actions.undo(concept, by=editor)
    assert draft_content() == SMALL


def test_publishing_makes_a_version_of_what_was_previewed(vocabulary: Concepts, editor: Any) -> None:
    seen = draft_version()
    with pytest.raises(Refused):
        actions.publish(seen, "Intet nyt", by=editor)
    with_word(vocabulary["c:cykler"], "jernhest", editor)
    with pytest.raises(Conflict):
        actions.publish(seen, "Ikke det, jeg så", by=editor)
    version = actions.publish(draft_version(), "Folk siger jernhest", by=editor)
    assert (version.number, version.note, version.by) == (2, "Folk siger jernhest", editor)
    assert "jernhest" in newest_content()["c:cykler"].danish
    assert changed_concepts() == []


def test_what_is_wrong_is_not_published(vocabulary: Concepts, editor: Any) -> None:
    mad = vocabulary["c:mad"]
    actions.change_concept(mad, replace(mad.entry, broader=("madspild",)), version=1, by=editor)
    with pytest.raises(Refused):
        actions.publish(draft_version(), "", by=editor)
    assert VocabularyVersion.objects.count() == 1


def test_going_back_is_a_new_version(vocabulary: Concepts, editor: Any) -> None:
    with_word(vocabulary["c:cykler"], "jernhest", editor)
    actions.add_concept(Entry("", "c", "Nyt", danish=("nyt",)), by=editor)
    actions.publish(draft_version(), "", by=editor)
    first = VocabularyVersion.objects.get(number=1)
    assert actions.go_back_to(first, by=editor) == 2
    assert newest_content() != SMALL
    actions.publish(draft_version(), "Tilbage", by=editor)
    assert newest_content() == SMALL
    with pytest.raises(Refused):
        actions.go_back_to(first, by=editor)


def test_a_release_is_joined_with_what_was_changed_here(vocabulary: Concepts, editor: Any) -> None:
    with_word(vocabulary["c:cykler"], "jernhest", editor)
    actions.publish(draft_version(), "", by=editor)
    brought = dict(SMALL)
    brought["c:cykler"] = replace(SMALL["c:cykler"], danish=("cykel", "elcykel"))
    brought["c:nyt"] = Entry("nyt", "c", "Nyt", "New", danish=("nyhed",))
    del brought["g:unge"]
    version = actions.take_shipped(brought)
    assert version is not None
    assert version.number == 3
    assert set(newest_content()["c:cykler"].danish) == {"cykel", "jernhest", "elcykel"}
    assert "c:nyt" in newest_content()
    assert "g:unge" not in newest_content()
    assert not Notice.objects.exists()


def test_a_release_does_not_publish_what_waits_in_the_draft(vocabulary: Concepts, editor: Any) -> None:
    with_word(vocabulary["c:cykler"], "jernhest", editor)
    assert actions.take_shipped({**SMALL, "c:nyt": Entry("nyt", "c", "Nyt", "New", danish=("nyhed",))}) is None
    assert VocabularyVersion.objects.count() == 1
    assert "c:nyt" in draft_content()
    assert Notice.objects.get().recipient == editor


def test_a_conflict_with_a_release_is_settled_by_an_editor(vocabulary: Concepts, editor: Any) -> None:
    cykler, unge = vocabulary["c:cykler"], vocabulary["g:unge"]
    actions.change_concept(cykler, replace(cykler.entry, label_en="Bikes"), version=1, by=editor)
    with_word(unge, "teenager", editor)
    actions.publish(draft_version(), "", by=editor)
    brought = dict(SMALL)
    brought["c:cykler"] = replace(SMALL["c:cykler"], label_en="Cycles")
    del brought["g:unge"]
    assert actions.take_shipped(brought) is None
    assert draft_content()["c:cykler"].label_en == "Bikes"
    assert "g:unge" in draft_content()
    with_word(vocabulary["c:mad"], "suppe", editor)
    with pytest.raises(Refused):
        actions.publish(draft_version(), "", by=editor)
    actions.settle(cykler, theirs=True, by=editor)
    actions.settle(unge, theirs=False, by=editor)
    with pytest.raises(Refused):
        actions.settle(unge, theirs=True, by=editor)
    actions.publish(draft_version(), "", by=editor)
    assert newest_content()["c:cykler"].label_en == "Cycles"
    assert "teenager" in newest_content()["g:unge"].danish


def test_an_import_goes_into_the_draft_and_removes_nothing(vocabulary: Concepts, editor: Any) -> None:
    seen = draft_version()
    brought = content_of(
        [replace(SMALL["c:mad"], danish=("mad",)), Entry("bier", "c", "Bier", "Bees", danish=("bi", "bistade"))]
    )
    assert actions.take_in(brought, seen, by=editor, why="Fra regneark") == 2
    assert draft_content() == {**SMALL, **brought}
    assert newest_content() == SMALL
    with pytest.raises(Conflict):
        actions.take_in(brought, seen, by=editor, why="Igen")


def test_a_proposal_is_answered_and_told(vocabulary: Concepts, editor: Any, administrator: Any, kolding: Any) -> None:
    cykler = vocabulary["c:cykler"]
    wanted = replace(cykler.entry, danish=(*cykler.danish, "jernhest"))
    proposal = actions.propose(cykler, wanted, "Vi siger jernhest", kolding, by=administrator)
    assert Notice.objects.get(kind="vocabulary.proposed").recipient == editor
    with_word(cykler, "elcykel", editor)
    assert actions.answer(proposal, "accept", "", by=editor) is False
    assert set(draft_content()["c:cykler"].danish) == {"cykel", "ladcykel", "jernhest", "elcykel"}
    assert Notice.objects.get(kind="vocabulary.answered").recipient == administrator
    with pytest.raises(Refused):
        actions.answer(proposal, "decline", "Nej", by=editor)


def test_proposals_can_be_new_declined_and_taken_back(
    vocabulary: Concepts, editor: Any, administrator: Any, kolding: Any, koebenhavn: Any
) -> None:
    new = Entry("", "c", "Bier", "Bees", danish=("bi",))
    first, second, third = (actions.propose(None, new, "Bier", kolding, by=administrator) for _ in range(3))
    actions.answer(first, "accept", "", by=editor)
    assert draft_content()["c:bier"].danish == ("bi",)
    with pytest.raises(Refused):
        actions.answer(second, "decline", " ", by=editor)
    actions.answer(second, "decline", "Der er ingen bier", by=editor)
    actions.take_back(third, by=administrator)
    states = [Proposal.objects.get(pk=one.pk).state for one in (first, second, third)]
    assert states == [ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.TAKEN_BACK]
    with pytest.raises(Refused):
        actions.propose(None, new, "Bier", koebenhavn, by=administrator)
    with pytest.raises(Refused):
        actions.propose(vocabulary["c:mad"], vocabulary["c:mad"].entry, "Intet", kolding, by=administrator)
    with pytest.raises(Refused):
        actions.propose(None, new, "Bier", kolding, by=make_user())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does() -> None:
    from fyrtaarn.people.actions import appoint

    concepts = begin()
    people = [make_user("Rosa"), make_user("Rikke")]
    for person in people:
        appoint(person, "vocabulary_editor")
    with_word(concepts["c:cykler"], "jernhest", people[0])
    seen = draft_version()
    outcomes = at_once(*(lambda person=person: actions.publish(seen, "", by=person) for person in people))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "VocabularyVersion"]
    assert VocabularyVersion.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_an_edit_and_a_publication_at_once_neither_is_lost() -> None:
    from fyrtaarn.people.actions import appoint

    concepts = begin()
    people = [make_user("Rosa"), make_user("Rikke")]
    for person in people:
        appoint(person, "vocabulary_editor")
    with_word(concepts["c:cykler"], "jernhest", people[0])
    seen = draft_version()
    published, _edited = at_once(
        lambda: actions.publish(seen, "", by=people[0]),
        lambda: with_word(concepts["c:mad"], "suppe", people[1]),
    )
    assert "suppe" in draft_content()["c:mad"].danish
    if isinstance(published, VocabularyVersion):
        assert "suppe" not in newest_content()["c:mad"].danish
        assert [concept.key for concept, _ in changed_concepts()] == ["mad"]
    else:
        assert isinstance(published, Conflict)
        assert VocabularyVersion.objects.count() == 1
