"""A new document finds the saved searches that it fits, the same as searching would."""

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.matching import Document, Profiles, Statistics, analyse, plan, score

from .offers import OFFERS, documents

STATISTICS = Statistics(100, dict.fromkeys((term for offer in OFFERS for term in analyse(offer).terms), 4))


def test_the_right_searches_are_told() -> None:
    profiles = Profiles()
    for id, question in (("bikes", "cykler"), ("laundry", "vaskeri"), ("bikes", "reparation af cykler")):
        profiles.add(id, plan(question, STATISTICS))
    assert len(profiles) == 2
    assert [id for id, _ in profiles.match(analyse(OFFERS[0]))] == ["bikes"]
    profiles.remove("bikes")
    assert profiles.match(analyse(OFFERS[0])) == []
    assert len(profiles) == 1


@given(st.lists(documents, max_size=8, unique_by=lambda one: one.id), documents, st.integers(1, 90))
def test_it_equals_scoring_every_search(questions: list[Document], offer: Document, least: int) -> None:
    profiles = Profiles()
    plans = {question.id: plan(question, STATISTICS) for question in questions}
    for id, wanted in plans.items():
        profiles.add(id, wanted)
    stored = analyse(offer)
    expected = {}
    for id, wanted in plans.items():
        match = score(wanted, stored.terms, stored.facts, id)
        if match.fit >= least:
            expected[id] = match.fit
    found = profiles.match(stored, least)
    assert dict(found) == expected
    assert [fit for _, fit in found] == sorted(expected.values(), reverse=True)
