"""The index in memory equals a plain computation over all documents, after any history."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fyrtaarn.engine.matching import Document, Index, Match, analyse, score

from .offers import OFFERS, WORDS, documents, texts


def filled(offers: tuple[Document, ...] = OFFERS) -> Index:
    index = Index()
    for offer in offers:
        index.add(offer)
    return index


def ids(index: Index, question: str) -> list[str]:
    return [match.id for match in index.search(question)]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("reparation af cykler", "cykler"),
        ("ensomhed blandt ældre", "suppe"),
        ("overskudsmad", "suppe"),
        ("arbejdstøj skal vaskes", "vask"),
        ("stressramte medarbejdere", "have"),
        ("cyklre", "cykler"),
        ("bicycle repair for young people who have dropped out", "cykler"),
    ],
)
def test_what_fits_comes_first(question: str, first: str) -> None:
    assert ids(filled(), question)[0] == first


@pytest.mark.parametrize("question", ["", "og i der", "!!!", "qwxz"])
def test_a_question_without_words_finds_nothing(question: str) -> None:
    assert filled().search(question) == []


def test_a_question_for_what_all_say_finds_them_all() -> None:
    offers = tuple(Document(str(number), title=f"Løsning {number}", text="Vi hjælper.") for number in range(100))
    assert len(filled(offers).search("løsning", limit=100)) == 100


def test_an_offer_from_another_city_sinks() -> None:
    here = Document("here", "Vaskeri", "Vi vasker linned for alle", municipality="0101")
    there = Document("there", "Vaskeri", "Vi vasker linned for alle", municipality="0621")
    question = Document("q", "Vask af linned", municipality="0101")
    first, second = filled((there, here)).search(question)
    assert (first.id, second.id) == ("here", "there")
    assert [one.reason for one in second.against] == ["other_municipality"]


def test_equal_fits_take_turns_by_day() -> None:
    twins = tuple(Document(f"twin{number}", "Vaskeri", "Vi vasker linned") for number in range(6))
    index = filled(twins)
    leaders = {index.search("vask af linned", day=day)[0].id for day in range(40)}
    assert leaders == {twin.id for twin in twins}
    assert index.search("vask af linned", day=3) == index.search("vask af linned", day=3)


class History(RuleBasedStateMachine):
    """Adds, replaces and removes, and compares with scoring every document."""

    def __init__(self) -> None:
        super().__init__()
        self.index = Index()
        self.kept: dict[str, Document] = {}

    @rule(document=documents)
    def add(self, document: Document) -> None:
        self.index.add(document)
        self.kept[document.id] = document

    @rule(id=st.sampled_from([f"d{number}" for number in range(12)]))
    def remove(self, id: str) -> None:
        self.index.remove(id)
        self.kept.pop(id, None)

    @rule(question=documents)
    def search(self, question: Document) -> None:
        wanted = self.index.plan(question)
        expected = []
        for id, document in self.kept.items():
            stored = analyse(document)
            match = score(wanted, stored.terms, stored.facts, id)
            if match.score > 0:
                expected.append(match)
        found = self.index.search(wanted, limit=50)
        assert sorted(found, key=lambda match: match.id) == sorted(expected, key=lambda match: match.id)
        assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)

    @invariant()
    def counts_are_right(self) -> None:
        assert len(self.index) == len(self.kept)
        for id, document in self.kept.items():
            assert id in self.index
            assert self.index.stored_terms(id) == analyse(document).terms
        term = "w:cykel"
        assert self.index.frequency(term) == sum(term in analyse(one).terms for one in self.kept.values())


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


def many(count: int = 900) -> tuple[Document, ...]:
    source = random.Random(5)
    return tuple(
        Document(
            str(number),
            " ".join(source.sample(WORDS, 3)),
            " ".join(source.choices(WORDS, k=12)),
            municipality=source.choice(("0101", "0621", "0461", "")),
        )
        for number in range(count)
    )


def questions(count: int = 10) -> list[Document]:
    source = random.Random(6)
    return [
        Document("q", " ".join(source.sample(WORDS, 9)), municipality=source.choice(("0101", ""))) for _ in range(count)
    ]


def exhaustive(index: Index, offers: Iterable[Document], question: Document) -> dict[str, Match]:
    """The match of every document, scored one by one."""
    wanted = index.plan(question)
    stored = {offer.id: analyse(offer) for offer in offers}
    return {id: score(wanted, one.terms, one.facts, id) for id, one in stored.items()}


def test_the_best_are_the_same_as_by_scoring_all() -> None:
    offers = many()
    index = filled(offers)
    for question in questions():
        every = exhaustive(index, offers, question)
        best = sorted((match.score for match in every.values() if match.score > 0), reverse=True)[:10]
        found = index.search(question, limit=10)
        assert [match.score for match in found] == best
        assert all(match == every[match.id] for match in found)


def test_with_too_many_postings_nearly_the_same_are_found_and_scored_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = many()
    index = filled(offers)
    monkeypatch.setattr("fyrtaarn.engine.matching.index.MOST_ADDED_UP", 1_000)
    monkeypatch.setattr("fyrtaarn.engine.matching.index.LOOKED_UP", 20)
    shared = 0
    for question in questions():
        every = exhaustive(index, offers, question)
        best = sorted((match.score for match in every.values()), reverse=True)[:10]
        found = index.search(question, limit=10)
        assert all(match == every[match.id] for match in found)
        assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
        shared += sum(match.score >= best[-1] for match in found)
        index.add(offers[0])
        index.remove(offers[1].id)
        assert offers[1].id not in {match.id for match in index.search(question, limit=10)}
        index.add(offers[1])
    assert shared >= 90


@given(st.lists(documents, min_size=2, max_size=8, unique_by=lambda one: one.id), documents)
def test_another_document_changes_an_order_only_through_what_it_does_to_the_statistics(
    offers: list[Document], question: Document
) -> None:
    index = filled(tuple(offers))
    before = index.plan(question)
    scores = {match.id: match.score for match in index.search(before, limit=50)}
    index.add(Document("odd", "Zzyzx qvark", "blorp fnix"))
    after = index.plan(question)
    assert {match.id: match.score for match in index.search(before, limit=50) if match.id != "odd"} == scores
    assert {one.term for one in after.terms} >= {one.term for one in before.terms}
    weight = {one.term: one.weight for one in after.terms}
    moved = sum(abs(weight[one.term] - one.weight) for one in before.terms)
    heaviest = max((stored for offer in offers for stored in analyse(offer).terms.values()), default=0)
    for match in index.search(after, limit=50):
        if match.id in scores:
            assert abs(match.score - scores[match.id]) <= 1.2 * moved * heaviest + 10


@given(texts)
def test_searching_is_repeatable(question: str) -> None:
    index = filled()
    assert index.search(question) == index.search(question)


@given(texts)
def test_an_unrelated_document_swaps_no_two_others(question: str) -> None:
    index = filled()
    wanted = index.plan(question)
    before = [match.id for match in index.search(wanted)]
    index.add(Document("odd", "Zzyzx qvark", "blorp fnix"))
    assert [match.id for match in index.search(wanted) if match.id != "odd"] == before


def test_similar_leaves_itself_out() -> None:
    index = filled((*OFFERS, Document("rad", "Cykelsmed", "Vi reparerer cykler med unge")))
    assert next(match.id for match in index.similar("cykler")) == "rad"
    assert next(match.id for match in index.similar(OFFERS[0])) == "rad"
    with pytest.raises(KeyError):
        index.similar("unknown")


def test_suggestions_and_second_guesses() -> None:
    index = filled()
    assert index.suggest("cyk") == ["cykelværksted"]
    assert index.suggest("") == []
    assert index.did_you_mean("vaskerri") == "vaskeri"
    assert index.did_you_mean("vaskeri") is None
    index.remove("cykler")
    assert index.suggest("cyk") == []


def test_a_name_is_not_taken_for_a_slip() -> None:
    index = filled()
    assert dict(index.plan("Vi søger cyklre").corrected) == {"cyklre": "cykler"}
    assert index.plan("Vi søger Cyklre").corrected == ()
