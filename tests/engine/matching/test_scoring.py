"""The score is the sum of what is shown, and more evidence never lowers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.matching import (
    Document,
    Facts,
    Index,
    Match,
    Statistics,
    adjusted,
    analyse,
    plan,
    score,
    term_points,
)
from fyrtaarn.engine.matching.explaining import REASONS
from fyrtaarn.engine.matching.scoring import adjustments, percentage

from .offers import OFFERS, documents


def asked(question: Document, offer: Document) -> Match:
    stored = analyse(offer)
    statistics = Statistics(50, dict.fromkeys(stored.terms, 3))
    return score(plan(question, statistics), stored.terms, stored.facts, offer.id)


@given(documents, documents)
def test_the_score_is_exactly_the_sum_of_its_contributions(question: Document, offer: Document) -> None:
    match = asked(question, offer)
    assert match.score == sum(one.points for one in match.contributions)
    assert {one.reason for one in match.contributions} <= REASONS
    assert sum(one.points for one in match.against) == sum(one.points for one in match.contributions if one.points < 0)
    assert 0 <= match.fit <= 100


@given(documents, documents)
def test_the_parts_that_a_store_computes_add_up_to_the_score(question: Document, offer: Document) -> None:
    stored = analyse(offer)
    wanted = plan(question, Statistics(50, dict.fromkeys(stored.terms, 3)))
    points = term_points(wanted, stored.terms)
    assert adjusted(points, wanted.facts, stored.facts) == score(wanted, stored.terms, stored.facts).score


@given(documents, documents, st.dictionaries(st.text(min_size=1, max_size=5), st.integers(1, 400)), st.integers(0, 300))
def test_more_evidence_never_lowers_a_score(
    question: Document, offer: Document, unrelated: dict[str, int], more: int
) -> None:
    stored = analyse(offer)
    wanted = plan(question, Statistics(50, dict.fromkeys(stored.terms, 3)))
    before = score(wanted, stored.terms, stored.facts).score
    assert score(wanted, {**unrelated, **stored.terms}, stored.facts).score >= before
    stronger = {term: weight + more for term, weight in stored.terms.items()}
    assert score(wanted, stronger, stored.facts).score >= before


@given(st.integers(0, 10**9), st.integers(0, 1000), st.integers(-70, 30))
def test_a_share_keeps_the_order(points: int, more: int, share: int) -> None:
    assert points + percentage(points, share) <= points + more + percentage(points + more, share)


@given(documents, documents)
def test_adjustments_are_bounded(question: Document, offer: Document) -> None:
    shares = [share for _, share, _ in adjustments(analyse(question).facts, analyse(offer).facts)]
    assert -70 <= sum(shares) <= 20


@pytest.mark.parametrize(
    ("question", "offer", "reason"),
    [
        (Facts(municipality="0101"), Facts(municipality="0621"), "other_municipality"),
        (Facts(municipality="0101"), Facts(municipality="0101"), "same_municipality"),
        (Facts(municipality="0101", district="valby"), Facts(municipality="0101", district="valby"), "same_district"),
        (Facts(sdgs=(3, 8)), Facts(sdgs=(8,)), "goal"),
        (Facts(), Facts(stage="proven"), "proven"),
        (Facts(), Facts(stage="idea"), "only_idea"),
        (Facts(), Facts(capacity=0), "no_capacity"),
        (Facts(), Facts(fresh=False), "stale"),
        (Facts(language="en"), Facts(language="da"), "other_language"),
    ],
)
def test_what_lies_outside_the_words_has_its_reason(question: Facts, offer: Facts, reason: str) -> None:
    assert [found for found, _, _ in adjustments(question, offer)] == [reason]


def test_an_offer_that_moves_fits_elsewhere() -> None:
    assert adjustments(Facts(municipality="0101"), Facts(municipality="0621", movable=True)) == []


def test_a_plan_has_few_terms_the_heaviest_first() -> None:
    index = Index()
    for offer in OFFERS:
        index.add(offer)
    wanted = index.plan(Document("q", "Cykler til unge", " ".join(offer.text for offer in OFFERS)))
    weights = [one.weight for one in wanted.terms]
    assert len(weights) <= 40
    assert weights == sorted(weights, reverse=True)
    assert all(one.words for one in wanted.terms)


def test_what_every_question_says_weighs_less() -> None:
    index = Index()
    for offer in OFFERS:
        index.add(offer)
    before = {one.term: one.weight for one in index.plan("frivillige og cykler").terms}
    index.learn_questions([Document(str(number), "frivillige") for number in range(20)])
    after = {one.term: one.weight for one in index.plan("frivillige og cykler").terms}
    assert after["w:frivillig"] < before["w:frivillig"]
    assert after["w:cykel"] == before["w:cykel"]


def test_fit_is_the_share_of_the_question_that_is_covered() -> None:
    index = Index()
    for offer in OFFERS:
        index.add(offer)
    one, two = index.search("cykler")[0], index.search("cykler og bryllup")[0]
    assert (one.id, two.id) == ("cykler", "cykler")
    assert one.fit > 90
    assert two.fit < 70
