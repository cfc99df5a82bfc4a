"""A question on its way: asked, confirmed, sent, answered, closed, opened again, put together."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fyrtaarn.entrance import actions, rules
from fyrtaarn.entrance.mail import key_in, letter_of
from fyrtaarn.entrance.models import Absence, Case, CaseMessage, CaseState, Ground, Outcome, Rating, RatingAnswer
from fyrtaarn.entrance.rules import Letter
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.foundation.working_days import working_days_after
from tests.harness.people import make_employee

from .desk import CARE, Desk, asked, guest_case, make_contact, routed

pytestmark = pytest.mark.django_db


def told(person: Any) -> list[str]:
    return [notice.kind.split(".")[1] for notice in Notice.objects.filter(recipient=person).order_by("pk")]


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


MONDAY = datetime(2037, 2, 2, 9, tzinfo=clock.COPENHAGEN)


def test_a_question_is_received_and_those_who_sort_are_told(desk: Desk) -> None:
    case = asked(desk, organisation=desk.organisation)
    assert (case.state, case.title) == (CaseState.RECEIVED, "Vi vil gerne spise med beboerne på et plejehjem.")
    assert case.due == working_days_after(clock.today(), 5)
    assert told(desk.manager) == ["received"]
    assert told(desk.karl) == []


def test_nobody_asks_for_an_organisation_that_she_does_not_belong_to(desk: Desk) -> None:
    with pytest.raises(Refused):
        actions.ask(desk.stranger, desk.municipality, CARE, organisation=desk.organisation)
    assert not Case.objects.exists()


def test_a_guest_confirms_by_letter_before_anybody_is_told(desk: Desk) -> None:
    case = guest_case(desk)
    assert case.state == CaseState.UNCONFIRMED
    assert told(desk.manager) == []
    mail = OutgoingMail.objects.get(recipient="gaest@example.dk")
    assert letter_of(case) in mail.text
    assert key_in(letter_of(case)) == case.key
    for _twice in range(2):
        actions.confirm(Letter(case.key), case)
    case.refresh_from_db()
    assert (case.state, told(desk.manager)) == (CaseState.RECEIVED, ["received"])


def test_a_letter_that_is_not_ours_opens_nothing(desk: Desk) -> None:
    case = guest_case(desk)
    for letter in (case.key.hex, f"{case.key.hex}:forged", letter_of(case)[:-1] + "!", ""):
        assert key_in(letter) is None
    other = guest_case(desk, "anden@example.dk")
    assert not rules.may_see(Letter(other.key), case)
    with pytest.raises(Refused):
        actions.confirm(Letter(other.key), case)


def test_a_question_that_nobody_confirms_is_removed_after_a_week(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, MONDAY)
    guest_case(desk)
    confirmed = guest_case(desk, "anden@example.dk")
    actions.confirm(Letter(confirmed.key), confirmed)
    at(monkeypatch, MONDAY + timedelta(days=6))
    assert actions.forget_unconfirmed() == 0
    at(monkeypatch, MONDAY + timedelta(days=8))
    assert actions.forget_unconfirmed() == 1
    assert list(Case.objects.all()) == [confirmed]


def test_it_is_sent_to_the_one_who_takes_care_of_the_topic(desk: Desk) -> None:
    case = routed(desk)
    assert (case.state, case.department, case.holder, case.ground) == (
        CaseState.ROUTED,
        desk.social,
        desk.karl,
        Ground.TOPIC,
    )
    assert case.due == working_days_after(clock.today(), 3)
    assert told(desk.karl) == ["assigned"]
    assert told(desk.owner) == ["moved"]


def test_while_she_is_away_her_stand_in_has_it_and_else_her_deputy(desk: Desk) -> None:
    today = clock.today()
    karl, dorte = desk.karl.contact_profiles.get(), desk.dorte.contact_profiles.get()
    absence = Absence.objects.create(contact=karl, starts=today, ends=today + timedelta(days=2))
    deputy = routed(desk)
    assert (deputy.holder, deputy.ground) == (desk.dorte, Ground.STAND_IN)
    absence.stand_in = make_contact(desk.kaja, desk.social)
    absence.save()
    assert routed(desk).holder == desk.kaja
    desk.kaja.contact_profiles.filter(department=desk.social).update(ended=clock.now())
    Absence.objects.create(contact=dorte, starts=today, ends=today + timedelta(days=2))
    assert (routed(desk).holder, routed(desk).ground) == (desk.lea, Ground.LEAD)
    Absence.objects.update(starts=today - timedelta(days=5), ends=today)  # they are back today
    assert (routed(desk).holder, routed(desk).ground) == (desk.karl, Ground.TOPIC)


def test_a_department_without_contact_persons_is_told_as_a_whole(desk: Desk) -> None:
    desk.kaja.contact_profiles.all().delete()
    case = actions.route(desk.manager, asked(desk), desk.culture)
    assert case.holder is None
    assert told(desk.kaja) == ["assigned"]


def test_it_is_handed_over_with_a_reason_and_all_that_was_written(desk: Desk) -> None:
    case = routed(desk)
    actions.note(desk.karl, case, "Ring først til plejecentret.")
    with pytest.raises(ReasonMissing):
        actions.route(desk.karl, case, desk.culture, desk.rooms)
    case = actions.route(desk.karl, case, desk.culture, desk.rooms, reason="Det handler om lokalet.")
    assert (case.holder, case.topic) == (desk.kaja, desk.rooms)
    assert rules.may_see(desk.karl, case)
    assert rules.may_see(desk.kaja, case)
    assert case.messages.count() == 2
    assert steps_of(case).filter(name="route").last().reason == "Det handler om lokalet."
    assert told(desk.owner) == ["moved", "moved"]


def test_a_colleague_elsewhere_is_no_colleague(desk: Desk, koebenhavn: Any) -> None:
    elsewhere = make_employee(koebenhavn, "community_manager")
    for case in (asked(desk), routed(desk)):
        assert not rules.may_see(elsewhere, case)  # type: ignore[arg-type]


def test_only_those_who_handle_it_send_it_on(desk: Desk, koebenhavn: Any) -> None:
    case = asked(desk)
    elsewhere = koebenhavn.departments.create(name="Andetsteds", slug="andetsteds")
    for person in (desk.owner, desk.stranger, desk.administrator):
        with pytest.raises(Refused):
            actions.route(person, case, desk.social)
    with pytest.raises(Refused):
        actions.route(desk.manager, case, elsewhere)
    with pytest.raises(Refused):
        actions.route(desk.manager, case, desk.social, holder=desk.kaja)
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED


def test_days_that_it_waits_for_the_asker_are_not_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, MONDAY)
    case = routed(desk)
    at(monkeypatch, MONDAY + timedelta(days=1))
    case = actions.ask_back(desk.karl, case, "Hvor mange er I?")
    assert (case.state, told(desk.owner)[-1]) == (CaseState.WAITING, "asked_back")
    at(monkeypatch, MONDAY + timedelta(days=8))
    case = actions.write_as_asker(desk.owner, case, "Fire.")
    assert (case.state, case.waited, case.waiting_since) == (CaseState.IN_PROGRESS, 5, None)
    assert case.due == working_days_after(MONDAY.date(), 8)
    assert told(desk.karl) == ["assigned", "message"]
    case = actions.answer(desk.karl, case, "Tal med lederen.")
    assert (case.state, case.answered_in) == (CaseState.ANSWERED, 1)
    assert told(desk.owner)[-1] == "answered"


def test_the_first_answer_is_the_one_that_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, MONDAY)
    case = routed(desk)
    at(monkeypatch, MONDAY + timedelta(days=2))
    case = actions.answer(desk.karl, case, "Ja.")
    case = actions.write_as_asker(desk.owner, case, "Og hvornår?")
    at(monkeypatch, MONDAY + timedelta(days=9))
    case = actions.answer(desk.karl, case, "Om tirsdagen.")
    assert (case.state, case.answered_in) == (CaseState.ANSWERED, 2)


def test_who_takes_it_has_it(desk: Desk) -> None:
    case = actions.take(desk.dorte, routed(desk))
    assert (case.state, case.holder, case.ground) == (CaseState.IN_PROGRESS, desk.dorte, Ground.TOOK)
    with pytest.raises(Refused):
        actions.take(desk.kaja, case)


def test_notes_and_their_files_are_the_municipalitys_alone(desk: Desk) -> None:
    case = routed(desk)
    upload = SimpleUploadedFile("plan.txt", b"Uge 1", "text/plain")
    note = actions.note(desk.karl, case, "Kun for os.", [upload])
    from fyrtaarn.foundation.files import may_read

    [stored] = files_of(note)
    assert may_read(desk.dorte, stored)
    assert not may_read(desk.owner, stored)
    with pytest.raises(Refused):
        actions.note(desk.owner, case, "Må jeg?")
    assert told(desk.owner) == ["moved"]


def test_it_is_closed_with_what_came_of_it_and_opened_again(desk: Desk) -> None:
    case = actions.answer(desk.karl, routed(desk), "Ja.")
    case = actions.close(desk.karl, case, Outcome.HELPED, "God fornøjelse.")
    assert (case.state, case.outcome) == (CaseState.CLOSED, Outcome.HELPED)
    with pytest.raises(Refused):
        actions.write_as_asker(desk.owner, case, "Hov")
    actions.rate(desk.owner, case, RatingAnswer.YES, "Tak")
    actions.rate(desk.owner, case, RatingAnswer.PARTLY)
    assert Rating.objects.get().answer == RatingAnswer.PARTLY
    case = actions.reopen(desk.owner, case, "Der mangler en dato.")
    assert (case.state, case.closed, case.outcome) == (CaseState.IN_PROGRESS, None, "")
    assert told(desk.karl)[-1] == "message"
    case = actions.close_as_asker(desk.owner, case)
    assert (case.state, case.outcome, told(desk.karl)[-1]) == (CaseState.CLOSED, Outcome.HELPED, "closed")


def test_only_an_answered_asker_rates(desk: Desk) -> None:
    case = routed(desk)
    for person in (desk.owner, desk.karl, desk.stranger):
        with pytest.raises(Refused):
            actions.rate(person, case, RatingAnswer.NO)


def test_several_departments_each_do_their_part(desk: Desk) -> None:
    case = routed(desk)
    task = actions.give_task(desk.karl, case, desk.culture, "Har I et køkken?")
    assert (task.contact, told(desk.kaja)) == (desk.kaja, ["task"])
    case.refresh_from_db()
    with pytest.raises(Refused):
        actions.give_task(desk.karl, case, desk.culture, "Og en sal?")
    with pytest.raises(Refused):
        actions.close(desk.karl, case, Outcome.HELPED)
    with pytest.raises(Refused):
        actions.finish_task(desk.owner, task, "Ja")
    actions.finish_task(desk.kaja, task, "Ja, om torsdagen.")
    assert told(desk.karl) == ["assigned", "task_done"]
    with pytest.raises(Refused):
        actions.finish_task(desk.kaja, task, "Nej")
    assert actions.close(desk.karl, case, Outcome.HELPED).state == CaseState.CLOSED


def test_questions_of_one_asker_go_together_and_come_apart(desk: Desk) -> None:
    first, second = routed(desk), asked(desk, "Og må vi tage børn med?")
    target = actions.merge(desk.manager, second, first)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (CaseState.MERGED, target)
    assert rules.may_see(desk.karl, second)
    with pytest.raises(Refused):
        actions.write_as_asker(desk.owner, second, "Hov")
    actions.unmerge(desk.karl, second)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (CaseState.RECEIVED, None)
    with pytest.raises(WrongState):
        actions.unmerge(desk.karl, second)


def test_questions_of_different_askers_never_go_together(desk: Desk) -> None:
    mine = routed(desk)
    hers = actions.ask(desk.stranger, desk.municipality, CARE)
    teams = asked(desk, organisation=desk.organisation)
    guest, other = guest_case(desk), guest_case(desk, "anden@example.dk")
    for case in (guest, other):
        actions.confirm(Letter(case.key), case)
        case.refresh_from_db()
    for one, two in ((hers, mine), (teams, mine), (guest, mine), (guest, other)):
        with pytest.raises(Refused):
            actions.merge(desk.manager, one, two)
    assert not Case.objects.filter(state=CaseState.MERGED).exists()


def test_a_guest_is_told_by_letter_in_her_language(desk: Desk) -> None:
    case = guest_case(desk)
    actions.confirm(Letter(case.key), case)
    case.refresh_from_db()
    case = actions.route(desk.manager, case, desk.social, desk.care)
    actions.answer(desk.karl, case, "Kom forbi.")
    subjects = list(OutgoingMail.objects.filter(recipient="gaest@example.dk").values_list("subject", flat=True))
    assert subjects[1:] == [
        "Karl Kontakt har dit spørgsmål nu",
        "Svar fra Kolding: Vi vil gerne spise med beboerne på et plejehjem.",
    ]
    texts = "".join(OutgoingMail.objects.filter(recipient="gaest@example.dk").values_list("text", flat=True))
    assert "Kom forbi" not in texts


def test_what_is_sure_and_goes_straight_needs_nobody_to_sort_it(desk: Desk) -> None:
    desk.care.straight = True
    desk.care.save()
    case = asked(desk)
    found = actions.sort_new(case.pk)
    assert found is not None
    assert (found.state, found.department, found.holder) == (CaseState.ROUTED, desk.social, desk.karl)
    assert found.suggestions[0]["words"]
    assert steps_of(found).last().by is None
    assert actions.sort_new(case.pk) is None


def test_without_the_rule_a_person_decides(desk: Desk) -> None:
    found = actions.sort_new(asked(desk).pk)
    assert found is not None
    assert (found.state, found.suggestions[0]["topic"]) == (CaseState.RECEIVED, desk.care.pk)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_empty_is_sent(desk: Desk, text: str) -> None:
    case = routed(desk)
    before = CaseMessage.objects.count()
    for act in (actions.answer, actions.ask_back, actions.note):
        with pytest.raises(ReasonMissing):
            act(desk.karl, case, text)
    with pytest.raises(ReasonMissing):
        actions.write_as_asker(desk.owner, case, text)
    with pytest.raises(ReasonMissing):
        actions.ask(desk.owner, desk.municipality, text)
    case.refresh_from_db()
    assert (CaseMessage.objects.count(), case.state) == (before, CaseState.ROUTED)
