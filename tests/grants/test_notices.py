"""What both sides are told can be read in both languages, and reminders come once each."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import KINDS, words_of
from fyrtaarn.grants import jobs, reminders
from fyrtaarn.grants.actions import changes, grants, instalments, reports
from fyrtaarn.grants.actions.grants import PlannedPart
from fyrtaarn.grants.models import Report

from .conftest import THOUSAND, Given, in_days, reported, told

pytestmark = pytest.mark.django_db


def everything(given: Given) -> None:
    """Whatever one is told of, once."""
    parts = [
        PlannedPart(80 * THOUSAND, in_days(1), "Et bilag"),
        PlannedPart(1000, in_days(1)),
        PlannedPart(1000, in_days(1)),
    ]
    grants.plan(given.manager, given.grant, parts)
    first, second, _third = given.instalments()
    instalments.ask(given.owner, first, "Her.")
    instalments.send_back(given.manager, first, "Hvor?")
    instalments.ask(given.owner, first, "Der.")
    paid = instalments.note_paid(given.manager, instalments.approve(given.manager, first), in_days(0), "U")
    instalments.note_failed(given.manager, paid, "Forkert konto.")
    instalments.note_paid(given.manager, first, in_days(0), "U")
    instalments.drop(given.manager, second, "Ikke nødvendig.")
    for agree in (True, False):
        change = changes.ask_change(given.owner, given.grant, "Mere tid.", in_days(300))
        changes.answer_change(given.manager, change, agree=agree, answer="Sådan.")
    changes.waive(given.manager, changes.demand(given.manager, given.grant, 10, "Nej.", in_days(4)), "Lidt.")
    Report.objects.filter(grant=given.grant).update(due=in_days(-1))
    reminders.remind_of_reports()
    report = reports.send_back(given.manager, reported(given), "Skriv mere.")
    reports.approve(given.manager, reports.send(given.owner, report), share=True)
    grants.complete(given.manager, given.grant)


def test_each_notice_has_words_in_both_languages(given: Given) -> None:
    everything(given)
    sent = {notice.kind: notice for notice in Notice.objects.filter(kind__startswith="grants.")}
    assert MINE == set(sent) <= set(KINDS)
    for notice in sent.values():
        words: list[Any] = []
        for language in ("da", "en"):
            with translation.override(language):
                words.append(words_of(notice))
        assert words[0].title != words[1].title
        assert all(one.title and one.text for one in words)


MINE = {
    f"grants.{name}"
    for name in (
        "planned", "asked", "approved", "paid", "failed", "sent_back", "dropped", "change_asked",
        "change_answered", "report_sent", "report_returned", "report_approved", "report_due", "demanded",
        "demand_settled", "closed",
    )
}  # fmt: skip


def test_reports_are_reminded_of_thirty_and_seven_days_before_and_when_late(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    due, start = given.grant.reports.get().due, clock.now()
    days = (due - clock.today()).days
    counts = []
    for before in (31, 30, 29, 8, 7, 1, 0, -1, -20):
        moment = start + timedelta(days=days - before)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        jobs.remind(0)
        counts.append(Notice.objects.filter(kind="grants.report_due").count())
    assert counts == [0, 1, 1, 1, 2, 2, 2, 3, 3]
    assert told("report_due") == {"Ida Iværksætter"}
