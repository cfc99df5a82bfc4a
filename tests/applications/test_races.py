"""What two may do at the same moment."""

from typing import Any

import pytest

from fyrtaarn.applications import actions
from fyrtaarn.applications.models import Application, SentVersion
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.models import Membership
from tests.harness.people import make_user
from tests.harness.races import at_once

from .conftest import Round, line, make_draft, make_round, make_sent

pytestmark = pytest.mark.django_db(transaction=True)


def colleague_of(around: Round) -> Any:
    colleague: Any = make_user("Kaj Kollega")
    Membership.objects.create(user=colleague, organisation=around.organisation, kind="owner")
    return colleague


def test_two_send_the_same_application(kolding: Any) -> None:
    around = make_round(kolding)
    other, draft = colleague_of(around), make_draft(around.owner, around.organisation, around.call)
    outcomes = at_once(lambda: actions.send(around.owner, draft), lambda: actions.send(other, draft))
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert SentVersion.objects.count() == 1
    assert Notice.objects.filter(kind="applications.receipt").count() == 2  # one to each owner


def test_two_send_applications_with_the_same_title(kolding: Any) -> None:
    around = make_round(kolding)
    drafts = [make_draft(around.owner, around.organisation, around.call) for _number in range(2)]
    outcomes = at_once(*[lambda draft=draft: actions.send(around.owner, draft) for draft in drafts])
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert sorted(Application.objects.values_list("state", flat=True)) == ["draft", "sent"]


@pytest.mark.parametrize("attempt", range(2))
def test_it_is_withdrawn_at_the_moment_of_sending(kolding: Any, attempt: int) -> None:
    around = make_round(kolding)
    draft = make_draft(around.owner, around.organisation, around.call)
    outcomes = at_once(lambda: actions.send(around.owner, draft), lambda: actions.withdraw(around.owner, draft))
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert SentVersion.objects.count() == len([one for one in outcomes[:1] if not isinstance(one, Exception)])


def test_it_is_withdrawn_at_the_moment_of_the_decision(kolding: Any) -> None:
    around = make_round(kolding)
    sent = make_sent(around.owner, around.organisation, around.call)
    outcomes = at_once(
        lambda: actions.withdraw(around.owner, sent), lambda: actions.note_decided(sent, True, around.manager)
    )
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    sent.refresh_from_db()
    assert (sent.state, sent.decided is not None) in {("withdrawn", False), ("granted", True)}


def test_two_write_lines_at_once(kolding: Any) -> None:
    around = make_round(kolding)
    draft, other = make_draft(around.owner, around.organisation, around.call), colleague_of(around)

    def write(user: Any, kroner: int) -> Any:
        rows = {"lines": [line(kroner, text=str(user)), line(kroner, text="Husleje")]}
        return actions.write(user, draft, {}, draft.version, rows=rows)

    outcomes = at_once(lambda: write(around.owner, 10_000), lambda: write(other, 20_000))
    assert len([one for one in outcomes if isinstance(one, Conflict)]) == 1
    draft.refresh_from_db()
    kept = list(draft.lines.values_list("oere", flat=True))
    assert len(kept) == 2
    assert draft.asked == sum(kept)


def test_the_same_form_sent_twice_at_once_begins_one(kolding: Any) -> None:
    around = make_round(kolding)
    beginning = actions.Beginning()
    outcomes = at_once(
        *[lambda: actions.begin(around.owner, around.call, around.organisation, beginning) for _number in range(3)]
    )
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert Application.objects.count() == 1


def test_two_answer_the_same_question(kolding: Any) -> None:
    around = make_round(kolding)
    sent = make_sent(around.owner, around.organisation, around.call)
    question, other = actions.ask_applicant(around.manager, sent, "Har I et køkken?"), colleague_of(around)
    outcomes = at_once(
        lambda: actions.answer(around.owner, question, "Ja."), lambda: actions.answer(other, question, "Nej.")
    )
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
