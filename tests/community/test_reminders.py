"""Who is reminded of what and when, what expires, and what the mails say in both languages."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.community import actions
from fyrtaarn.community.models import Introduction
from fyrtaarn.community.reminders import expire_late, remind_of_due, remind_parties
from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from tests.harness.logins import acting_as

from .conftest import Place, asking_of, make_accepted, make_sent, say

pytestmark = pytest.mark.django_db
BEGIN = datetime(2037, 2, 2, 9, tzinfo=clock.COPENHAGEN)


def at(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: BEGIN + timedelta(days=day))


def mornings(monkeypatch: pytest.MonkeyPatch, days: range) -> dict[int, int]:
    """How many were told on which day, when the worker runs each morning twice."""
    told = {}
    for day in days:
        at(monkeypatch, day)
        with acting_as(EMBEDDED_LOGINS["worker"]):
            told[day] = expire_late() + remind_parties() + remind_of_due()
            assert expire_late() + remind_parties() + remind_of_due() == 0
    return {day: count for day, count in told.items() if count}


def kinds(person: Any) -> list[str]:
    return [n.kind.split(".")[1] for n in Notice.objects.filter(recipient=person).order_by("pk")]


def test_who_does_not_answer_is_reminded_twice_and_then_it_is_closed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 0)
    introduction = make_sent(place)
    say(introduction, place, "yes")
    assert mornings(monkeypatch, range(30)) == {7: 2, 14: 2, 28: 1}, "the owner and the member twice; then it expires"
    assert kinds(place.pair.owner) == ["asked", "waiting", "waiting", "closed"]
    assert kinds(place.pair.editor) == ["asked", "closed"], "who has answered is not reminded"
    introduction.refresh_from_db()
    assert introduction.state == "expired"


def test_who_wants_to_be_asked_later_is_asked_two_weeks_later(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    introduction = make_sent(place)
    say(introduction, place, "yes")
    at(monkeypatch, 10)
    actions.answer(place.pair.owner, asking_of(introduction, place.pair.organisation), "later")
    assert mornings(monkeypatch, range(11, 39)) == {24: 2, 38: 1}


def test_nobody_is_reminded_of_what_is_closed_or_no_longer_hers(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    actions.withdraw(place.manager, make_sent(place))
    assert mornings(monkeypatch, range(1, 30)) == {}
    introduction = make_sent(place)
    say(introduction, place, "yes")
    place.pair.organisation.memberships.update(ends=clock.today())
    assert mornings(monkeypatch, range(30, 57)) == {}


def test_those_in_charge_are_reminded_on_the_day_that_is_set(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    introduction = make_accepted(place)
    assert mornings(monkeypatch, range(1, 16)) == {14: 1}
    actions.set_follow_up(place.manager, introduction, clock.today() + timedelta(days=3))
    assert mornings(monkeypatch, range(16, 25)) == {18: 1}
    actions.set_follow_up(place.manager, introduction, None)
    assert mornings(monkeypatch, range(25, 40)) == {}


@pytest.mark.parametrize(("language", "words"), [("da", "introducer"), ("en", "introduc")])
def test_every_mail_says_what_it_is_about(
    place: Place, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    at(monkeypatch, 0)
    introduction = make_sent(place)
    say(introduction, place, "yes")
    mornings(monkeypatch, range(1, 30))
    Introduction.objects.all().update(follow_up=clock.today())
    with acting_as(EMBEDDED_LOGINS["worker"]):
        remind_of_due()
    with translation.override(language):
        said = [(notice.kind, *words_of(notice)) for notice in Notice.objects.order_by("pk")]
    assert {kind.split(".")[1] for kind, _title, _text in said} == {"asked", "waiting", "closed", "answered", "due"}
    for kind, title, text in said:
        assert introduction.title in f"{title} {text}", kind
        assert text.strip(), kind
    assert any(words in f"{title} {text}".lower() for _kind, title, text in said)
