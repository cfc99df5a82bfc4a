"""Proposals of topics for a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.entrance.run import LEAST_FIRST, LEAST_THREE, by, measure, questions, topics
from fyrtaarn.engine.routing import Router, Sorted, Topic

TOPICS = [Topic(1, "Lokaler", "leje værksted bygning"), Topic(2, "Ældre", "plejehjem besøgsvenner demens")]


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(TOPICS)


def test_the_words_of_the_question_speak_for_the_topic(router: Router) -> None:
    [first, *_rest] = router.propose("Må vi komme på plejehjemmet med en kage?")
    assert (first.topic, first.words, first.sure) == (2, ("plejehjemmet",), True)


def test_a_compound_is_found_by_its_parts(router: Router) -> None:
    assert router.propose("Har I et cykelværksted?")[0].topic == 1


def test_a_question_that_says_nothing_is_given_no_topic(router: Router) -> None:
    assert router.propose("Hej, kan I hjælpe mig med noget?") == []
    assert router.propose("") == []
    assert Router([]).propose("Et lokale") == []


def test_it_learns_from_how_like_questions_went() -> None:
    text = "Vi vil gerne synge julesange"
    assert Router(TOPICS).propose(text) == []
    learnt = Router(TOPICS, [Sorted(2, "Må vores kor komme med julesange?"), Sorted(9, "Vi synger")])
    assert learnt.propose(text)[0].topic == 2


def test_topics_of_one_word_share_it() -> None:
    found = Router([Topic(1, "Lokaler"), Topic(2, "Lokaler"), Topic(3, "Mad")]).propose("Et lokale")
    assert [(one.topic, one.share, one.sure) for one in found] == [(1, 50, False), (2, 50, False)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_at_most_three_topics_with_shares_of_a_whole(text: str) -> None:
    found = Router(TOPICS).propose(text)
    assert len({one.topic for one in found}) == len(found) <= 3
    assert sum(one.share for one in found) <= 101
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


def test_on_questions_that_it_has_not_learnt_from_it_keeps_its_promise() -> None:
    asked = questions("held_out")
    assert len(asked) >= 300
    assert not {one.text for one in asked} & {one.text for one in questions("learnt")}
    first, three, _department = measure(by(Router(topics(), questions("learnt"))), asked)
    assert first >= LEAST_FIRST
    assert three >= LEAST_THREE
