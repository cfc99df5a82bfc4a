"""Beginning, writing, sending, withdrawing; asking and mending."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fyrtaarn.applications import actions, queries, rules
from fyrtaarn.applications.actions.sending import Incomplete
from fyrtaarn.applications.models import Application, ApplicationState, SentVersion
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, Step
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.models import Membership
from fyrtaarn.pools.models import Call, Stage
from tests.harness.people import make_organisation, make_user

from .conftest import Round, goal, line, make_call, make_draft, make_sent, told, words

pytestmark = pytest.mark.django_db


def draft_of(around: Round, **fields: Any) -> Any:
    return make_draft(around.owner, around.organisation, around.call, **fields)


def sent_of(around: Round, **fields: Any) -> Any:
    return make_sent(around.owner, around.organisation, around.call, **fields)


def test_a_sent_application_has_a_receipt_and_is_kept_as_it_was(round_: Round) -> None:
    colleague: Any = make_user("Kaj Kollega")
    Membership.objects.create(user=colleague, organisation=round_.organisation, kind="owner")
    sent = sent_of(round_)
    assert sent.state == ApplicationState.SENT
    assert told("receipt") == {"Olga Ejer", "Kaj Kollega"}
    assert told("sent") == {"Frida Fond"}
    notice = Notice.objects.filter(kind="applications.receipt").first()
    assert notice is not None
    assert notice.params["number"] == sent.number
    version = SentVersion.objects.get()
    assert version.content["lines"] == [line()]
    assert version.content["title"] == sent.title
    assert [step.name for step in Step.objects.filter(subject_type="applications.application").order_by("pk")] == [
        "begin",
        "send",
    ]


def test_what_is_missing_is_not_sent(round_: Round) -> None:
    draft = draft_of(round_, title="")
    with pytest.raises(Incomplete):
        actions.send(round_.owner, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.sent) == (ApplicationState.DRAFT, None)
    assert not Notice.objects.exists()


def test_the_same_key_gives_the_same_application(round_: Round) -> None:
    beginning = actions.Beginning()
    first = actions.begin(round_.owner, round_.call, round_.organisation, beginning)
    second = actions.begin(round_.owner, round_.call, round_.organisation, beginning)
    assert first == second
    assert Application.objects.count() == 1


@pytest.mark.parametrize(("seconds", "taken"), [(-1, True), (0, False)])
def test_it_can_be_sent_until_the_end_of_the_last_day(
    round_: Round, seconds: int, taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the database's clock, in Copenhagen."""
    draft = draft_of(round_)
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    Call.objects.update(opens=clock.today() - timedelta(days=9), closes=clock.today() - timedelta(days=1))
    moment = (midnight + timedelta(seconds=seconds)).astimezone(UTC)
    monkeypatch.setattr("fyrtaarn.applications.actions.sending.database_time", lambda: moment)
    if taken:
        assert actions.send(round_.owner, draft).state == "sent"
    else:
        with pytest.raises(Refused, match="Fristen"):
            actions.send(round_.owner, draft)


def test_only_the_team_writes_and_sends(round_: Round) -> None:
    draft, stranger = draft_of(round_), make_user("Fremmed")
    for act in (actions.send, actions.withdraw):
        with pytest.raises(Refused):
            act(stranger, draft)  # type: ignore[operator]
    with pytest.raises(Refused):
        actions.write(stranger, draft, {"title": "Nu min"}, draft.version)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.begin(stranger, round_.call, round_.organisation)  # type: ignore[arg-type]
    draft.refresh_from_db()
    assert draft.title == words()["title"]


def test_who_is_overtaken_is_told(round_: Round) -> None:
    draft = draft_of(round_)
    actions.write(round_.owner, draft, {"title": "Først"}, draft.version, page_key="a")
    with pytest.raises(Conflict):
        actions.write(round_.owner, draft, {"title": "Sidst"}, draft.version, page_key="b")
    actions.write(round_.owner, draft, {"title": "Igen"}, draft.version, page_key="a")
    draft.refresh_from_db()
    assert draft.title == "Igen"


def test_rows_are_replaced_and_the_amount_follows(round_: Round) -> None:
    draft = draft_of(round_)
    kept = draft.lines.get()
    rows = [line(), line(10_000, source="own"), line(5_000, text="Leje", kind="rent")]
    changed = actions.write(round_.owner, draft, {}, draft.version, rows={"lines": rows})
    assert changed.asked == 55_000 * 100
    assert [one.number for one in changed.lines.all()] == [1, 2, 3]
    assert changed.lines.first() == kept
    fewer = actions.write(round_.owner, changed, {}, changed.version, rows={"lines": rows[2:]})
    assert fewer.asked == 5_000 * 100
    assert [one.text for one in fewer.lines.all()] == ["Leje"]


def test_withdrawn_it_can_be_taken_up_again_and_sent(round_: Round) -> None:
    sent = sent_of(round_)
    withdrawn = actions.withdraw(round_.owner, sent)
    assert told("withdrawn") == {"Frida Fond"}
    draft = actions.reopen(round_.owner, withdrawn)
    assert (draft.state, draft.sent) == ("draft", None)
    assert not rules.may_see(round_.manager, draft)
    again = actions.send(round_.owner, draft)
    assert again.state == "sent"
    assert list(SentVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_it_is_mended_and_what_changed_is_shown(round_: Round) -> None:
    sent = sent_of(round_)
    due = clock.today() + timedelta(days=7)
    question = actions.return_to_applicant(round_.manager, sent, "Budgettet mangler husleje.", due)
    assert told("asked") == {"Olga Ejer"}
    returned = Application.objects.get()
    assert returned.state == "returned"
    rows = {"lines": [line(), line(5_000, text="Husleje", kind="rent")]}
    actions.write(round_.owner, returned, {"title": "Fællesspisning"}, returned.version, rows=rows)
    as_sent = queries.whole(queries.whole_applications().get(), round_.manager)
    assert as_sent.title == words()["title"]
    assert as_sent.totals.pool == 50_000 * 100
    mended = actions.send(round_.owner, returned)
    assert queries.whole(mended, round_.manager).totals.pool == 55_000 * 100
    question.refresh_from_db()
    assert question.answered_by == round_.owner
    (_latest, changed), (_first, nothing) = queries.history_of_sending(mended)
    assert nothing == []
    assert {one.after for one in changed if "Husleje" in one.after or one.after == "Fællesspisning"} == {
        one.after for one in changed
    }
    assert len(changed) == 2
    assert Notice.objects.filter(kind="applications.receipt").count() == 1


def test_a_question_is_asked_and_answered_once(round_: Round) -> None:
    sent = sent_of(round_)
    question = actions.ask_applicant(round_.manager, sent, "Har I et køkken?")
    answered = actions.answer(round_.owner, question, "Ja, på skolen.")
    assert answered.answered_by == round_.owner
    assert told("answered") == {"Frida Fond"}
    with pytest.raises(Refused):
        actions.answer(round_.owner, question, "Nej.")
    with pytest.raises(Refused):
        actions.ask_applicant(round_.owner, sent, "Hvornår får vi svar?")
    with pytest.raises(ValidationError):
        actions.ask_applicant(round_.manager, sent, "Og?", clock.today() - timedelta(days=1))


def test_what_is_decided_can_neither_be_withdrawn_nor_asked_about(round_: Round) -> None:
    sent = sent_of(round_)
    actions.note_decided(sent, True, round_.manager)
    sent.refresh_from_db()
    assert sent.decided is not None
    with pytest.raises(WrongState):
        actions.withdraw(round_.owner, sent)
    with pytest.raises(Refused):
        actions.ask_applicant(round_.manager, sent, "Hvad nu?")
    reversed_ = actions.note_reversed(sent, round_.manager, "Klagen fik medhold.")
    assert (reversed_.state, reversed_.decided) == ("sent", None)
    assert list(queries.for_assessment(round_.call)) == [sent]


def test_a_refused_one_is_carried_over_to_another_pool(round_: Round) -> None:
    sent = sent_of(round_)
    other = make_call(round_.manager, round_.municipality, "En anden pulje")
    with pytest.raises(Refused):
        actions.carry_over(round_.owner, sent, other)
    actions.note_decided(sent, False, round_.manager)
    sent.refresh_from_db()
    carried = actions.carry_over(round_.owner, sent, other)
    assert (carried.carried_from, carried.title, carried.asked) == (sent, sent.title, sent.asked)
    assert [one.text for one in carried.goals.all()] == [goal()["text"]]
    assert carried.state == "draft"


def test_what_does_not_belong_together_is_refused(round_: Round) -> None:
    other = make_call(round_.manager, round_.municipality, "En anden pulje")
    stage = Stage.objects.create(rules=other.rules, number=1, name="Afprøvning", most=100_000)
    with pytest.raises(Refused):
        actions.begin(round_.owner, round_.call, round_.organisation, actions.Beginning(stage=stage))
    elsewhere: Any = make_organisation(round_.municipality, "En anden", owner=make_user("Anna Anden"))
    with pytest.raises(Refused):
        actions.begin(round_.owner, round_.call, elsewhere)


def test_two_with_the_same_title_cannot_both_wait(round_: Round) -> None:
    sent_of(round_)
    with pytest.raises(Incomplete):
        actions.send(round_.owner, draft_of(round_))
    assert sent_of(round_, title="Noget andet").state == "sent"
