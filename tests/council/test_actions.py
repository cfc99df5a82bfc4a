"""What the secretary, members, departments and others do in the council, and what they are refused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import translation

from fyrtaarn.areas.models import Department
from fyrtaarn.council import actions, rules
from fyrtaarn.council.models import AgendaItem, AgendaProposal, CouncilMember, MinutesWording
from fyrtaarn.council.queries import advice_left_behind
from fyrtaarn.council.reminders import remind_of_answers, stage_of
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.models import Listing
from tests.harness.people import make_department, make_employee, make_user
from tests.portal.conftest import make_challenge

from .conftest import (
    Board,
    advice_fields,
    make_advice,
    make_called,
    make_given,
    make_held,
    make_meeting,
    make_minutes,
    when,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Reasons are compared by their English words."""
    with translation.override("en"):
        yield


def told(kind: str) -> set[str]:
    """The names of those who were told of a kind."""
    return set(Notice.objects.filter(kind=f"council.{kind}").values_list("recipient__name", flat=True))


def names(*people: Any) -> set[str]:
    return {person.name for person in people}


def day(days: int) -> Any:
    return clock.today() + timedelta(days=days)


class TestSeats:
    def test_a_municipality_has_one_council(self, board: Board) -> None:
        with pytest.raises(Refused, match="already"):
            actions.found_council(board.secretary, board.municipality, {})

    def test_only_a_secretary_runs_it(self, board: Board, koebenhavn: Any) -> None:
        elsewhere: Any = make_employee(koebenhavn, "council_secretary")
        administrator: Any = make_employee(board.municipality, "municipality_administrator")
        for person in (elsewhere, administrator, board.members[0], board.contact):
            with pytest.raises(Refused):
                actions.add_seat(person, board.council, "politician")
            with pytest.raises(Refused):
                actions.plan_meeting(person, board.council, when())
            with pytest.raises(Refused):
                actions.draft_advice(person, board.council, advice_fields(board))

    def test_terms_in_a_seat_never_overlap(self, board: Board) -> None:
        seat, new = board.council.seats.get(number=1), make_user("Ny Medlem")
        with pytest.raises(ValidationError, match="part of that time"):
            actions.seat_member(board.secretary, seat, new, affiliation="", starts=day(0), ends=None)  # type: ignore[arg-type]
        actions.end_term(board.secretary, CouncilMember.objects.get(seat=seat), day(10))
        actions.seat_member(board.secretary, seat, new, affiliation="", starts=day(10), ends=None)  # type: ignore[arg-type]
        assert CouncilMember.objects.filter(seat=seat).count() == 2
        assert "Ny Medlem" in told("seated")

    def test_the_database_itself_keeps_terms_apart(self, board: Board) -> None:
        seat = board.council.seats.get(number=1)
        with pytest.raises(IntegrityError, match="one_member_a_seat"), transaction.atomic():
            CouncilMember.objects.create(seat=seat, user=board.secretary, starts=day(5), ends=day(6))

    def test_nobody_has_two_seats_at_once(self, board: Board) -> None:
        seat = actions.add_seat(board.secretary, board.council, "politician")
        with pytest.raises(ValidationError, match="already has a seat"):
            actions.seat_member(board.secretary, seat, board.members[0], affiliation="", starts=day(0), ends=None)

    def test_a_term_ends_today_or_later_and_never_longer(self, board: Board) -> None:
        term = CouncilMember.objects.get(user=board.members[0])
        with pytest.raises(ValidationError):
            actions.end_term(board.secretary, term, day(-1))
        actions.end_term(board.secretary, term, day(5))
        with pytest.raises(ValidationError, match="already ends"):
            actions.end_term(board.secretary, term, day(6))

    def test_a_taken_seat_is_not_abolished(self, board: Board) -> None:
        with pytest.raises(Refused, match="has a term"):
            actions.abolish_seat(board.secretary, board.council.seats.get(number=1))
        empty = actions.add_seat(board.secretary, board.council, "research")
        assert actions.abolish_seat(board.secretary, empty).abolished == clock.today()
        with pytest.raises(Refused, match="no longer there"):
            actions.seat_member(board.secretary, empty, board.contact, affiliation="", starts=day(0), ends=None)


class TestProposals:
    def propose(self, user: Any, board: Board, **fields: Any) -> AgendaProposal:
        given = {"title": "Flere praktikpladser", "text": "Derfor.", "show_name": True, **fields}
        return actions.propose(user, board.council, **given)

    def test_a_strangers_proposal_waits_for_her_letter(self, board: Board) -> None:
        proposal = self.propose(AnonymousUser(), board, name="Nora Nabo", email="NORA@example.dk")
        assert proposal.state == "unconfirmed"
        assert told("proposed") == set()
        mail = OutgoingMail.objects.get(recipient="nora@example.dk")
        assert proposal.token in mail.text
        actions.confirm_proposal(AnonymousUser(), proposal)
        actions.confirm_proposal(AnonymousUser(), proposal)
        assert told("proposed") == {"Sigrid Sekretær"}
        assert Notice.objects.filter(kind="council.proposed").count() == 1

    def test_a_members_proposal_is_there_at_once(self, board: Board) -> None:
        assert self.propose(board.members[0], board).state == "waiting"
        assert told("proposed") == {"Sigrid Sekretær"}

    def test_what_is_accepted_comes_last_on_the_agenda_with_its_name(self, board: Board) -> None:
        proposal, meeting = self.propose(board.members[0], board), make_meeting(board)
        item = actions.accept_proposal(board.secretary, proposal, meeting, "Et godt emne.")
        assert (item.position, item.title, item.proposed_by) == (2, "Flere praktikpladser", "Medlem 1")
        assert told("decided") == {"Medlem 1"}
        with pytest.raises(WrongState):
            actions.decline_proposal(board.secretary, proposal, "Nej.")

    def test_a_name_is_shown_only_with_leave(self, board: Board) -> None:
        proposal = self.propose(board.members[0], board, show_name=False)
        assert actions.accept_proposal(board.secretary, proposal, make_meeting(board), "Ja.").proposed_by == ""

    def test_a_no_says_why_and_reaches_a_stranger_by_mail(self, board: Board) -> None:
        proposal = self.propose(AnonymousUser(), board, name="Nora Nabo", email="nora@example.dk")
        actions.confirm_proposal(AnonymousUser(), proposal)
        with pytest.raises(ReasonMissing):
            actions.decline_proposal(board.secretary, proposal, " ")
        actions.decline_proposal(board.secretary, proposal, "Det er statens sag.")
        assert OutgoingMail.objects.filter(recipient="nora@example.dk", text__contains="statens sag").exists()

    def test_nobody_decides_on_her_own(self, board: Board) -> None:
        proposal = self.propose(board.secretary, board)
        with pytest.raises(Refused, match="your own proposal"):
            actions.decline_proposal(board.secretary, proposal, "Nej.")

    def test_it_can_be_taken_back_until_it_is_decided_on(self, board: Board) -> None:
        proposal = self.propose(board.members[0], board)
        with pytest.raises(Refused):
            actions.withdraw_proposal(board.members[1], proposal)
        actions.withdraw_proposal(board.members[0], proposal)
        with pytest.raises(WrongState):
            actions.accept_proposal(board.secretary, proposal, make_meeting(board), "Ja.")
        assert [step.name for step in steps_of(proposal)] == ["propose", "withdraw"]


class TestMeetings:
    def test_a_meeting_is_called_with_an_agenda_and_the_members_are_told(self, board: Board) -> None:
        empty = actions.plan_meeting(board.secretary, board.council, when())
        with pytest.raises(Refused, match="at least one item"):
            actions.call_meeting(board.secretary, empty)
        make_called(board)
        assert told("called") == names(*board.members)

    def test_members_are_told_when_it_moves_but_not_of_a_new_title(self, board: Board) -> None:
        meeting = make_called(board)
        Notice.objects.all().delete()
        same = {name: getattr(meeting, name) for name in ("starts", "ends", "place", "open_to_all")}
        meeting = actions.change_meeting(board.secretary, meeting, {**same, "title": "Nyt navn"}, meeting.version)
        assert told("called") == set()
        actions.change_meeting(board.secretary, meeting, {**same, "title": "Nyt navn", "place": "Hallen"}, 2)
        assert told("called") == names(*board.members)
        with pytest.raises(Conflict):
            actions.change_meeting(board.secretary, meeting, {**same, "title": "For sent"}, 2)

    def test_it_is_cancelled_with_a_reason(self, board: Board) -> None:
        meeting = make_called(board)
        with pytest.raises(ReasonMissing):
            actions.cancel_meeting(board.secretary, meeting, "")
        assert actions.cancel_meeting(board.secretary, meeting, "Sygdom").state == "cancelled"
        with pytest.raises(Refused, match="cancelled"):
            actions.add_item(board.secretary, meeting, title="Mere", text="")

    def test_items_change_places_and_go(self, board: Board) -> None:
        meeting = make_meeting(board)
        second = actions.add_item(board.secretary, meeting, title="To", text="")
        actions.move_item_up(board.secretary, second)
        actions.move_item_up(board.secretary, AgendaItem.objects.get(pk=second.pk))
        assert [item.title for item in meeting.items.all()] == ["To", "Velkommen"]
        actions.remove_item(board.secretary, second)
        actions.call_meeting(board.secretary, meeting)
        with pytest.raises(Refused, match="at least one"):
            actions.remove_item(board.secretary, meeting.items.get())

    def test_what_came_of_a_proposal_stays(self, board: Board) -> None:
        proposal = actions.propose(board.members[0], board.council, title="A", text="B", show_name=False)
        item = actions.accept_proposal(board.secretary, proposal, make_meeting(board), "Ja.")
        with pytest.raises(Refused, match="came of a proposal"):
            actions.remove_item(board.secretary, item)

    def test_papers_come_and_go(self, board: Board, settings: Any, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path
        meeting = make_meeting(board)
        paper = SimpleUploadedFile("notat.txt", b"Et notat.")
        item = actions.add_item(board.secretary, meeting, title="To", text="", papers=[paper])
        other = actions.add_item(board.secretary, meeting, title="Tre", text="")
        stored = files_of(item).get()
        with pytest.raises(Refused, match="another item"):
            actions.remove_paper(board.secretary, other, stored)
        actions.remove_paper(board.secretary, item, stored)
        assert not files_of(item).exists()

    def test_the_agenda_stands_once_the_meeting_has_begun(self, board: Board) -> None:
        with pytest.raises(Refused, match="has begun"):
            actions.add_item(board.secretary, make_held(board), title="For sent", text="")


class TestMinutes:
    def test_more_than_half_of_all_members_approve(self, board: Board) -> None:
        wording = make_minutes(board)
        assert told("minutes") == names(*board.members)
        assert actions.answer_minutes(board.members[0], wording, approves=True).state == "waiting"
        done = actions.answer_minutes(board.members[1], wording, approves=True)
        assert (done.state, done.yes_count, done.member_count) == ("approved", 2, 3)
        with pytest.raises(Refused, match="no longer waits"):
            actions.answer_minutes(board.members[2], wording, approves=True)

    def test_a_no_says_what_and_can_become_a_yes(self, board: Board) -> None:
        wording = make_minutes(board)
        with pytest.raises(ReasonMissing):
            actions.answer_minutes(board.members[0], wording, approves=False)
        actions.answer_minutes(board.members[0], wording, approves=False, remark="Jeg var syg.")
        assert told("remark") == {"Sigrid Sekretær"}
        actions.answer_minutes(board.members[0], wording, approves=True)
        assert wording.answers.get().approves

    def test_a_correction_is_a_new_wording_and_the_approved_one_stands_until_then(self, board: Board) -> None:
        first = make_minutes(board)
        for member in board.members[:2]:
            actions.answer_minutes(member, first, approves=True)
        with pytest.raises(ReasonMissing):
            actions.write_minutes(board.secretary, first.meeting, "Alle var der til kl. 18.", "", 1)
        second = actions.write_minutes(board.secretary, first.meeting, "Alle var der til kl. 18.", "Tiden manglede.", 1)
        first.refresh_from_db()
        assert (first.state, second.number, second.state) == ("approved", 2, "waiting")
        for member in board.members[1:]:
            actions.answer_minutes(member, second, approves=True)
        first.refresh_from_db()
        assert first.state == "replaced"
        assert MinutesWording.objects.get(state="approved") == second

    def test_who_has_not_read_the_latest_does_not_write_over_it(self, board: Board) -> None:
        wording = make_minutes(board)
        with pytest.raises(WrongState):
            actions.write_minutes(board.secretary, wording.meeting, "Noget andet", "", 0)

    def test_the_database_lets_no_word_change(self, board: Board) -> None:
        wording = make_minutes(board)
        for change in ({"text": "Ingen var der."}, {"number": 7}, {"correction": "Fordi"}):
            with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
                MinutesWording.objects.filter(pk=wording.pk).update(**change)
        with (
            pytest.raises(ProgrammingError, match="Cannot delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM council_minuteswording")

    def test_those_answer_who_were_members_on_the_day(self, board: Board) -> None:
        wording = make_minutes(board)
        new: Any = make_user("Ny Medlem")
        seat = actions.add_seat(board.secretary, board.council, "politician")
        actions.seat_member(board.secretary, seat, new, affiliation="", starts=day(0), ends=None)
        with pytest.raises(Refused, match="on the day of the meeting"):
            actions.answer_minutes(new, wording, approves=True)
        term = CouncilMember.objects.get(user=board.members[0])
        CouncilMember.objects.filter(pk=term.pk).update(ends=day(0))
        actions.answer_minutes(board.members[0], wording, approves=True)
        assert wording.answers.count() == 1

    def test_minutes_are_of_meetings_that_have_begun(self, board: Board) -> None:
        with pytest.raises(Refused, match="has begun"):
            actions.write_minutes(board.secretary, make_called(board), "Tekst", "", 0)


class TestAdvice:
    def test_the_contact_person_and_the_lead_are_told(self, board: Board) -> None:
        make_given(board)
        assert told("advice") == {"Kirsten Kontakt", "Lars Leder"}

    def test_its_words_stand_once_it_is_given(self, board: Board) -> None:
        given = make_given(board)
        with pytest.raises(Refused, match="words stand"):
            actions.change_advice(board.secretary, given, advice_fields(board, title="Andet"), given.version)
        with pytest.raises(WrongState):
            actions.give_advice(board.secretary, given, day(9), given.version)

    def test_nobody_gives_what_she_has_not_read(self, board: Board) -> None:
        draft = make_advice(board)
        actions.change_advice(board.secretary, draft, advice_fields(board, title="Andet"), draft.version)
        with pytest.raises(Conflict):
            actions.give_advice(board.secretary, draft, day(9), draft.version)

    @pytest.mark.parametrize("days", [0, -1])
    def test_a_deadline_lies_ahead(self, board: Board, days: int) -> None:
        draft = make_advice(board)
        with pytest.raises(ValidationError, match="later day"):
            actions.give_advice(board.secretary, draft, day(days), draft.version)

    def test_it_goes_to_a_department_of_the_municipality(self, board: Board, koebenhavn: Any) -> None:
        with pytest.raises(ValidationError):
            make_advice(board, department=make_department(koebenhavn))

    def test_the_department_answers_once(self, board: Board) -> None:
        given = make_given(board)
        other: Any = make_employee(board.municipality, "contact_person", make_department(board.municipality, "Andet"))
        for person in (board.secretary, board.members[0], other):
            with pytest.raises(Refused):
                actions.answer_advice(person, given, "follows", "Ja.")
        done = actions.answer_advice(board.lead, given, "partly", "Vi begynder med to skoler.")
        assert (done.state, done.days_late) == ("answered", 0)
        assert told("answered") == names(board.secretary, *board.members)
        with pytest.raises(WrongState):
            actions.answer_advice(board.contact, given, "not", "Nej.")

    def test_a_late_answer_shows_by_how_many_days(self, board: Board) -> None:
        given = make_given(board, days=-9)
        assert given.days_late == 9
        assert actions.answer_advice(board.contact, given, "not", "Vi kan ikke.").days_late == 9
        assert Notice.objects.filter(kind="council.answered", params__late=9).exists()

    def test_another_department_answers_for_one_that_has_ended(self, board: Board) -> None:
        given = make_given(board)
        heir = make_department(board.municipality, "Kultur og Velfærd")
        lead: Any = make_employee(board.municipality, "department_lead", heir, name="Lone Leder")
        with pytest.raises(Refused, match="still there"):
            actions.hand_over_advice(board.secretary, given, heir)
        Department.objects.filter(pk=board.department.pk).update(valid_to=clock.today())
        board.department.refresh_from_db()
        assert [one.pk for one in advice_left_behind(board.secretary)] == [given.pk]
        with pytest.raises(Refused):
            actions.hand_over_advice(board.members[0], given, heir)
        with pytest.raises(ValidationError):
            actions.hand_over_advice(board.secretary, given, board.department)
        now = actions.hand_over_advice(board.secretary, given, heir)
        assert (now.department, now.first_department, now.due) == (heir, board.department, given.due)
        assert "Lone Leder" in told("advice")
        assert not advice_left_behind(board.secretary)
        with pytest.raises(Refused):
            actions.answer_advice(board.contact, given, "follows", "Ja.")
        assert actions.answer_advice(lead, given, "follows", "Ja.").state == "answered"

    def test_what_comes_of_it_is_told_after_the_answer(self, board: Board) -> None:
        given = make_given(board)
        with pytest.raises(Refused, match="first"):
            actions.tell_progress(board.contact, given, "done", "Det er sket.")
        actions.answer_advice(board.contact, given, "follows", "Ja.")
        actions.tell_progress(board.contact, given, "done", "Det er sket.")
        assert given.progress.get().course == "done"

    def test_only_what_everybody_can_see_is_linked(self, board: Board) -> None:
        editor: Any = make_employee(board.municipality, "department_editor", board.department)
        public = make_challenge(editor, board.municipality, published=True)
        internal = make_challenge(editor, board.municipality, published=True, audience="municipality")
        draft = make_advice(board)
        actions.link_listing(board.secretary, draft, Listing.objects.get(subject_id=public.pk, kind="challenge"))
        with pytest.raises(Refused, match="everybody can see"):
            actions.link_listing(board.secretary, draft, Listing.objects.get(subject_id=internal.pk, kind="challenge"))
        assert draft.listings.get().title == public.title

    def test_each_stage_is_reminded_of_once(self, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
        make_given(board, days=10)
        begun = clock.now()
        for days, stages in ((0, 0), (2, 0), (3, 1), (10, 1), (11, 2), (24, 2), (25, 3), (25, 3)):
            moment = begun + timedelta(days=days)
            monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
            remind_of_answers()
            assert Notice.objects.filter(kind="council.due").count() == 2 * stages, days
        assert told("due") == {"Kirsten Kontakt", "Lars Leder"}

    def test_nothing_is_reminded_of_once_it_is_answered(self, board: Board) -> None:
        actions.answer_advice(board.contact, make_given(board, days=-5), "follows", "Ja.")
        assert remind_of_answers() == 0

    def test_without_contact_person_the_editors_are_told(self, board: Board) -> None:
        other = make_department(board.municipality, "Andet")
        make_employee(board.municipality, "department_editor", other, name="Eva Redaktør")
        make_given(board, department=other)
        assert told("advice") == {"Eva Redaktør"}


@pytest.mark.parametrize(
    ("late", "stage"), [(0, "ahead"), (1, "late 0"), (14, "late 0"), (15, "late 14"), (29, "late 28")]
)
def test_the_stages_of_reminding(late: int, stage: str) -> None:
    assert stage_of(late) == stage


@pytest.mark.parametrize(("yes", "members", "enough"), [(0, 0, False), (1, 2, False), (2, 3, True), (4, 7, True)])
def test_a_majority_is_more_than_half(yes: int, members: int, enough: bool) -> None:
    assert rules.is_majority(yes, members) is enough
