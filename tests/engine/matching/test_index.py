"""The index in memory equals a plain computation over all documents, after any history."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fyrtaarn.engine.matching import Document, Index, analyse, score

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


def test_pruning_finds_the_same_as_scoring_all() -> None:
    source = random.Random(5)
    offers = [
        Document(str(number), " ".join(source.sample(WORDS, 3)), " ".join(source.choices(WORDS, k=12)))
        for number in range(900)
    ]
    index = filled(tuple(offers))
    for _ in range(10):
        wanted = index.plan(" ".join(source.sample(WORDS, 9)))
        every = []
        for offer in offers:
            stored = analyse(offer)
            every.append(score(wanted, stored.terms, stored.facts, offer.id).score)
        best = sorted((one for one in every if one > 0), reverse=True)[:10]
        assert [match.score for match in index.search(wanted, limit=10)] == best


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
