"""What the two parties do: ask, answer, write, end, open again.

Every write locks the dialogue first, so its messages stand in the order in which they were written.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.db import IntegrityError, transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, log_step
from fyrtaarn.listings.models import Listing
from fyrtaarn.people.models import User

from . import notices, rules
from .kinds import follow_step
from .models import TALKING_STATES, Meeting, MeetingSide, MeetingState, Message, Occasion, Reading
from .states import MEETING_STATES

Uploads = Sequence[Any]


@transaction.atomic
def open_meeting(user: User, sought: Listing, offered: Listing, text: str, uploads: Uploads = ()) -> Meeting:
    """Invite the one who offers, or show the one who seeks that you are interested.

    A pair has one dialogue. Where it exists, the text is added to it: a question by both sides at once is a yes to
    each other, and a closed dialogue is opened or asked for again. Raises Refused, or ReasonMissing without a text.
    """
    side = _opening_side(user, sought, offered)
    meeting, new = _dialogue_of(user, side, sought, offered)
    if new:
        log_step(meeting, "open", "", MeetingState.PROPOSED, by=user)
        _say(meeting, user, side, text, uploads, _occasion_of_asking(side))
        notices.tell_asked(meeting, user)
        follow_step(meeting, "open", user)
        return meeting
    return _continue(meeting, user, side, text, uploads)


@transaction.atomic
def introduce(user: User, sought: Listing, offered: Listing) -> Meeting:
    """Open the dialogue of two who have both said yes to each other elsewhere; `user` speaks for one of them.

    What was said in it before stays, and nothing is said anew. Raises Refused.
    """
    meeting, _new = _dialogue_of(user, _opening_side(user, sought, offered), sought, offered)
    if meeting.state in TALKING_STATES:
        return meeting
    meeting.accepted = meeting.accepted or clock.now()
    meeting.save(update_fields=["accepted"])
    meeting = MEETING_STATES.perform("introduce", meeting, by=user)
    meeting.closed, meeting.closed_by = None, ""
    meeting.save(update_fields=["closed", "closed_by"])
    follow_step(meeting, "introduce", user)
    return meeting


def _opening_side(user: User, sought: Listing, offered: Listing) -> MeetingSide:
    require(rules.may_open(user, sought, offered))
    side = rules.opening_side(user, sought, offered)
    if side is None:
        raise AssertionError("may_open allowed somebody without a side")
    return side


def _dialogue_of(user: User, side: MeetingSide, sought: Listing, offered: Listing) -> tuple[Meeting, bool]:
    """The pair's dialogue, locked, and whether it is new: then `side` has asked."""
    municipal, other = (sought, offered) if sought.organisation_id is None else (offered, sought)
    moment = clock.now()
    try:
        meeting, new = Meeting.objects.get_or_create(
            sought=sought,
            offered=offered,
            defaults={
                "municipality_id": municipal.municipality_id,
                "department_id": municipal.departments[0],
                "organisation_id": cast(int, other.organisation_id),  # by may_open
                "opened_by": side,
                "opener": user,
                "created": moment,
                "asked": moment,
                "latest": moment,
                "latest_side": side,
            },
        )
    except IntegrityError as taken:  # an administrator's colleagues have met them, and she is no party to that
        raise Refused(rules.NOT_A_PARTY) from taken
    return _locked(meeting), new


def _continue(meeting: Meeting, user: User, side: MeetingSide, text: str, uploads: Uploads) -> Meeting:
    if meeting.state == MeetingState.PROPOSED and side != meeting.opened_by:
        return accept(user, meeting, text, uploads)
    if meeting.state in (MeetingState.DECLINED, MeetingState.ENDED):
        return open_again(user, meeting, text, uploads)
    return write(user, meeting, text, uploads)


@transaction.atomic
def accept(user: User, meeting: Meeting, text: str = "", uploads: Uploads = ()) -> Meeting:
    """Say yes to talk, with or without a message."""
    current = _locked(meeting)
    current.accepted = current.accepted or clock.now()
    current.save(update_fields=["accepted"])
    return _step("accept", current, user, text, uploads, Occasion.ACCEPTANCE)


@transaction.atomic
def decline(user: User, meeting: Meeting, text: str, uploads: Uploads = ()) -> Meeting:
    """Say no thank you, with a polite reply that is not empty."""
    _demand(text)
    return _close("decline", meeting, user, text, uploads, Occasion.REFUSAL)


@transaction.atomic
def end(user: User, meeting: Meeting, text: str, uploads: Uploads = ()) -> Meeting:
    """End the dialogue, or take the question back, with a closing note that is not empty."""
    _demand(text)
    return _close("end", meeting, user, text, uploads, Occasion.CLOSING)


@transaction.atomic
def open_again(user: User, meeting: Meeting, text: str, uploads: Uploads = ()) -> Meeting:
    """Open a closed dialogue again: at once where that is yours to decide, else by asking the other party."""
    _demand(text)
    current = _locked(meeting)
    at_once = bool(rules.may_reopen(user, current))
    if at_once:
        current.accepted = current.accepted or clock.now()
        current.save(update_fields=["accepted"])
        return _step("reopen", current, user, text, uploads, Occasion.REOPENING)
    current = MEETING_STATES.perform("ask_again", current, by=user)
    side = _side(user, current)
    current.opened_by, current.opener, current.asked = side, user, clock.now()
    current.closed, current.closed_by = None, ""
    current.save(update_fields=["opened_by", "opener", "asked", "closed", "closed_by"])
    _say(current, user, side, text, uploads, _occasion_of_asking(side))
    notices.tell_asked(current, user)
    follow_step(current, "ask_again", user)
    return current


@transaction.atomic
def write(user: User, meeting: Meeting, text: str, uploads: Uploads = ()) -> Meeting:
    """Add a message; what was there before counts as read by its author. Raises ReasonMissing when it is empty."""
    _demand(text)
    current = _locked(meeting)
    require(rules.may_write(user, current))
    side = _side(user, current)
    _say(current, user, side, text, uploads)
    return current


@transaction.atomic
def mark_read(user: User, meeting: Meeting, message: Message) -> None:
    """Note that the person has read the dialogue up to and with this message; never less than before."""
    require(rules.may_see(user, meeting))
    _locked(meeting)  # in the order of those who answer: the dialogue first, then what its people have read
    reading, _new = Reading.objects.select_for_update(no_key=True).get_or_create(
        meeting=meeting, user=user, defaults={"until": message.created}
    )
    if reading.until < message.created:
        reading.until = message.created
        reading.save(update_fields=["until"])


@transaction.atomic
def agree(user: User, meeting: Meeting) -> None:
    """Note that an agreement came of the dialogue. One that has ended stays so: the agreement stands by itself."""
    current = _locked(meeting)
    if current.state == MeetingState.OPEN:
        current = MEETING_STATES.perform("agree", current, by=user)
        follow_step(current, "agree", user)


@transaction.atomic
def conclude(user: User, meeting: Meeting) -> None:
    """Note that the agreement has ended: the two are in dialogue as before, about what comes next."""
    current = _locked(meeting)
    if current.state == MeetingState.AGREED:
        current = MEETING_STATES.perform("conclude", current, by=user)
        follow_step(current, "conclude", user)


def _locked(meeting: Meeting) -> Meeting:
    both = Meeting.objects.select_related("sought", "offered", "department", "organisation", "municipality")
    return both.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def _side(user: User, meeting: Meeting) -> MeetingSide:
    require(rules.may_see(user, meeting))
    side = rules.side_of(user, meeting)
    if side is None:
        raise AssertionError("may_see allowed somebody without a side")
    return side


def _demand(text: str) -> None:
    if not text.strip():
        raise ReasonMissing


def _occasion_of_asking(side: MeetingSide) -> Occasion:
    return Occasion.INVITATION if side is MeetingSide.SOUGHT else Occasion.INTEREST


def _step(name: str, meeting: Meeting, user: User, text: str, uploads: Uploads, occasion: Occasion) -> Meeting:
    """Take a step to an open dialogue, with what is said about it."""
    current = MEETING_STATES.perform(name, meeting, by=user)
    current.closed, current.closed_by = None, ""
    current.save(update_fields=["closed", "closed_by"])
    side = _side(user, current)
    if text.strip():
        _say(current, user, side, text, uploads, occasion)
    else:
        _touch(current, user, side)
    notices.tell_answered(current, user, side)
    follow_step(current, name, user)
    return current


def _close(name: str, meeting: Meeting, user: User, text: str, uploads: Uploads, occasion: Occasion) -> Meeting:
    current = _locked(meeting)
    side = _side(user, current)
    _note_closing(current, side)
    current = MEETING_STATES.perform(name, current, by=user)
    _say(current, user, side, text, uploads, occasion)
    notices.tell_ended(current, user, side)
    follow_step(current, name, user)
    return current


def _note_closing(meeting: Meeting, side: MeetingSide) -> None:
    meeting.closed, meeting.closed_by = clock.now(), side
    meeting.save(update_fields=["closed", "closed_by"])


def _say(
    meeting: Meeting, user: User, side: MeetingSide, text: str, uploads: Uploads, occasion: Occasion | str = ""
) -> Message:
    _demand(text)
    message = Message.objects.create(
        meeting=meeting, side=side, author=user, occasion=occasion, text=text.strip(), created=clock.now()
    )
    for upload in uploads:
        keep_file(upload, subject=message, by=user)
    if not occasion:
        notices.tell_message(message)
    _touch(meeting, user, side)
    return message


def _touch(meeting: Meeting, user: User, side: MeetingSide) -> None:
    """The side has done something now; its author has read what stood before."""
    meeting.latest, meeting.latest_side = clock.now(), side
    meeting.save(update_fields=["latest", "latest_side"])
    Reading.objects.update_or_create(meeting=meeting, user=user, defaults={"until": meeting.latest})
