"""Each is reminded once, and every notice reads well in both languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.reminders import lapse_applications, remind_of_stays
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import KINDS, words_of
from tests.harness.logins import acting_as

from .conftest import House, begin, make_agreed, make_applied, make_over, told

pytestmark = pytest.mark.django_db


def work(act: Any) -> Any:
    """Do it as the worker's login of the database."""
    with acting_as(EMBEDDED_LOGINS["worker"]):
        return act()


def pass_days(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    moment = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_both_are_reminded_before_and_after_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    make_agreed(house)
    for days, before, after in ((0, 0, 0), (12, 0, 0), (1, 2, 0), (1, 2, 0), (10, 2, 0), (1, 2, 2), (30, 2, 2)):
        pass_days(monkeypatch, days)
        work(remind_of_stays)
        counts = [Notice.objects.filter(kind=f"fieldwork.{kind}").count() for kind in ("before", "after")]
        assert counts == [before, after], clock.today()


def test_the_host_is_reminded_of_an_application_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    make_applied(house)
    for days, expected in ((6, set()), (1, {"Helle Vært"}), (3, {"Helle Vært"})):
        pass_days(monkeypatch, days)
        work(remind_of_stays)
        assert told("unanswered") == expected
    assert Notice.objects.filter(kind="fieldwork.unanswered").count() == 1


def test_what_did_not_happen_is_left_in_peace(house: House) -> None:
    stay = make_over(house)
    actions.note_attendance(house.host, stay, came=False)
    assert work(remind_of_stays) == 0


def test_only_who_has_not_signed_is_reminded_of_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    stay = make_agreed(house)
    pass_days(monkeypatch, 14)
    actions.sign(house.guest, stay, "Gerda Gæst", house.offer.version)
    work(remind_of_stays)
    assert {notice.params["unsigned"] for notice in Notice.objects.filter(kind="fieldwork.before")} == {False}


def test_every_notice_reads_in_both_languages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole story: one comes, one waits, one lapses, one calls it off; all that is told of it is in words."""
    stay = make_agreed(house)
    actions.accept(house.host, actions.apply(house.other_guest, house.period, house.other, "Derfor."), "Gerne.")
    actions.cancel(house.guest, stay, "Vi er syge.")
    work(lambda: actions.move_up(house.period.pk))
    lapses = make_applied(house)
    pass_days(monkeypatch, 14)
    work(remind_of_stays)
    begin(lapses)
    work(lapse_applications)
    begin(lapses, days_ago=6)
    work(remind_of_stays)
    actions.write_learned(house.other_guest, house.period.stays.get(state="agreed"), "Meget.", agrees=True)
    kinds = {key for key in KINDS if key.startswith("fieldwork.")}
    notices = list(Notice.objects.filter(kind__in=kinds))
    assert {notice.kind for notice in notices} == kinds
    for notice in notices:
        texts = {}
        for language in ("da", "en"):
            with translation.override(language):
                words = words_of(notice)
            assert words.title
            assert words.text
            assert "None" not in words.title + words.text
            texts[language] = words.title
        assert texts["da"] != texts["en"], notice.kind
