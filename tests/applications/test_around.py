"""Reminders, mails in both languages, the overview, and applications that grow of a question."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from fyrtaarn.applications import actions, reminders
from fyrtaarn.applications.models import Application
from fyrtaarn.applications.overview import open_applications
from fyrtaarn.entrance import actions as entrance
from fyrtaarn.entrance.growing import options_for
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import KINDS
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.organisations.models import Membership
from fyrtaarn.pools.models import Call
from tests.harness.people import make_user

from .conftest import Round, make_draft, make_sent, told

pytestmark = pytest.mark.django_db


def test_a_draft_is_reminded_of_once_and_again_when_the_call_is_extended(round_: Round) -> None:
    make_draft(round_.owner, round_.organisation, round_.call)
    assert reminders.remind_applicants() == 0
    Call.objects.update(closes=clock.today() + timedelta(days=3))
    assert reminders.remind_applicants() == 1
    assert reminders.remind_applicants() == 0
    assert told("closing") == {"Olga Ejer"}
    Call.objects.update(closes=clock.today() + timedelta(days=2))
    assert reminders.remind_applicants() == 1
    Call.objects.update(closes=clock.today() - timedelta(days=1), opens=clock.today() - timedelta(days=9))
    assert reminders.remind_applicants() == 0


def test_an_answer_that_is_needed_is_reminded_of_until_it_is_given(round_: Round) -> None:
    sent = make_sent(round_.owner, round_.organisation, round_.call)
    question = actions.ask_applicant(round_.manager, sent, "Har I et køkken?", clock.today() + timedelta(days=2))
    assert reminders.remind_applicants() == 1
    assert reminders.remind_applicants() == 0
    actions.answer(round_.owner, question, "Ja.")
    Notice.objects.filter(kind="applications.due").delete()
    assert reminders.remind_applicants() == 0


def test_the_overview_has_drafts_and_what_is_to_be_mended(round_: Round) -> None:
    draft = make_draft(round_.owner, round_.organisation, round_.call)
    sent = make_sent(round_.owner, round_.organisation, round_.call, title="Noget andet")
    actions.return_to_applicant(round_.manager, sent, "Ret budgettet.", clock.today())
    left: Any = make_user("Tidligere")
    Membership.objects.create(user=left, organisation=round_.organisation, kind="owner", ends=clock.today())
    found = {item.title: item for item in open_applications(round_.owner)}
    assert set(found) == {draft.title, "Noget andet"}
    assert found[draft.title].due == round_.call.closes
    assert list(open_applications(left)) == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.key.startswith("applications.")])
def test_each_notice_reads_well(language: str, kind: Any) -> None:
    params = {
        "title": "Fællesspisning",
        "number": "2027-5",
        "organisation": "Køkkenet",
        "pool": "Fyrtårnspuljen",
        "moment": "01.03.2027 12:00:00",
        "question": "Har I et køkken?",
        "due": "1.3.2027",
        "day": "1.3.2027",
    }
    with translation.override(language):
        for flag in (True, False):
            text = render_to_string(kind.template, {**params, "mend": flag, "mended": flag})
            first, _end, rest = text.strip().partition("\n")
            assert "Fællesspisning" in text
            assert first
            assert rest.strip()
            assert "%(" not in text


def test_an_application_grows_of_a_question(round_: Round) -> None:
    words = "Vi vil lave mad med ældre, der spiser alene."
    case = entrance.ask(round_.owner, round_.municipality, words, organisation=round_.organisation)
    offered = [option.key for kind, option in options_for(round_.owner, case) if kind == "application"]
    assert offered == [str(round_.call.pk)]
    entrance.grow(round_.owner, case, "application", offered[0])
    entrance.grow(round_.owner, case, "application", offered[0])
    draft = Application.objects.get()
    assert (draft.what, draft.organisation, draft.state) == (words, round_.organisation, "draft")
    stranger: Any = make_user("Fremmed")
    with pytest.raises(Refused):
        entrance.grow(stranger, case, "application", offered[0])
