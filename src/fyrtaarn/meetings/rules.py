"""Who may do what in a dialogue.

The department's side: those who hold a role there (see DEPARTMENT_KINDS), and the contact named on its listing.
The organisation's side: its team. Colleagues need no hand-over: they see and do the same.

An administrator runs the portal but is not a party, so she does not read what departments and organisations write to
each other. She may open a dialogue for a department and follows the ones that she opened; to take part in others she
gives herself a role in the department, which everybody can see in the history.

Who belongs to both parties takes no step for one towards the other: a colleague does.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.listings.models import Audience, Listing, Side
from fyrtaarn.organisations.rules import has_team, is_member
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role, is_administrator, is_employee

from .kinds import contact_of
from .models import TALKING_STATES, Meeting, MeetingSide, MeetingState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

DEPARTMENT_KINDS = (RoleKind.DEPARTMENT_EDITOR, RoleKind.CONTACT_PERSON, RoleKind.COMMUNITY_MANAGER)
ASK_AGAIN_AFTER = timedelta(days=30)

NOT_A_PARTY = _("Only the two parties can see the dialogue.")
COLLEAGUE_MUST = _("You belong to both parties. Let a colleague do this for one of them.")
DIALOGUE_IS_OVER = _("The dialogue has ended. Open it again first.")


def acts_for_departments(user: "AnyUser", municipality_id: int, departments: Iterable[int]) -> bool:
    """Whether the person speaks for one of the departments (primary keys) of the municipality."""
    return any(
        holds_role(user, *DEPARTMENT_KINDS, municipality=municipality_id, department=department)
        for department in departments
    )


def acts_for(user: "AnyUser", listing: Listing) -> bool:
    """Whether the person speaks for those whose listing it is."""
    if listing.organisation_id is not None:
        return is_member(user, listing.organisation_id)
    if acts_for_departments(user, listing.municipality_id, listing.departments):
        return True
    return is_employee(user, listing.municipality_id) and contact_of(listing) == user


def may_bring(user: "AnyUser", listing: Listing) -> bool:
    """Whether the person opens dialogues about the listing for those whose it is; administrators too (see above)."""
    administers = listing.organisation_id is None and is_administrator(user, listing.municipality_id)
    return administers or acts_for(user, listing)


def sides_of(user: "AnyUser", meeting: Meeting) -> frozenset[MeetingSide]:
    """The sides to which the person belongs: none, one or both."""
    sides = {side for side in MeetingSide if acts_for(user, meeting.listing_of(side))}
    municipal = meeting.municipal_side
    if acts_for_departments(user, meeting.municipality_id, [meeting.department_id]) or (
        meeting.opener_id == user.pk
        and meeting.opened_by == municipal
        and is_administrator(user, meeting.municipality_id)
    ):
        sides.add(municipal)
    return frozenset(sides)


def side_of(user: "AnyUser", meeting: Meeting) -> MeetingSide | None:
    """The side for which the person speaks; the department's for one who belongs to both."""
    sides = sides_of(user, meeting)
    if not sides:
        return None
    return meeting.municipal_side if meeting.municipal_side in sides else meeting.municipal_side.other


def opening_side(user: "AnyUser", sought: Listing, offered: Listing) -> MeetingSide | None:
    """The side for which the person would open a dialogue; None for strangers and for those who belong to both."""
    seeks, offers = may_bring(user, sought), may_bring(user, offered)
    if seeks == offers:
        return None
    return MeetingSide.SOUGHT if seeks else MeetingSide.OFFERED


def may_open(user: "AnyUser", sought: Listing, offered: Listing) -> Verdict:
    """One party turns to the other about two listings that can be found; the other must be reachable here."""
    if sought.side != Side.SOUGHT or offered.side != Side.OFFERED:
        return refused(_("A dialogue is between one who seeks and one who offers."))
    if (sought.organisation_id is None) == (offered.organisation_id is None):
        return refused(_("A dialogue is between a department and an organisation."))
    for listing in (sought, offered):
        if listing.ended or listing.audience == Audience.OWNERS:
            return refused(format_lazy(_("“{title}” is not open for answers at present."), title=listing.title))
    side = opening_side(user, sought, offered)
    if side is None:
        both = may_bring(user, sought)
        return refused(COLLEAGUE_MUST if both else _("You need a role at one of the parties to open a dialogue."))
    theirs = offered if side is MeetingSide.SOUGHT else sought
    if theirs.audience != Audience.PUBLIC:
        return refused(format_lazy(_("“{title}” is not open for answers at present."), title=theirs.title))
    if theirs.organisation_id and not _has_team(theirs):
        return refused(_("Nobody from the organisation uses Fyrtårn yet. Write to them at their own address."))
    return ALLOWED


def _has_team(listing: Listing) -> bool:
    """Whether its organisation has a team here; read with the listings of a page, else with one query."""
    read: bool | None = getattr(listing, "read_has_team", None)
    return has_team(listing.organisation_id or 0) if read is None else read


def may_see(user: "AnyUser", meeting: Meeting) -> Verdict:
    """The two parties alone."""
    return allowed_if(bool(sides_of(user, meeting)), NOT_A_PARTY)


def may_answer(user: "AnyUser", meeting: Meeting) -> Verdict:
    """The side that was asked says yes or no."""
    sides = sides_of(user, meeting)
    if not sides:
        return refused(NOT_A_PARTY)
    if len(sides) > 1:
        return refused(COLLEAGUE_MUST)
    return allowed_if(meeting.answering_side in sides, _("It is for the other party to answer."))


def may_write(user: "AnyUser", meeting: Meeting) -> Verdict:
    """Both parties while they talk; the one who asked may add to the question."""
    side = side_of(user, meeting)
    if side is None:
        return refused(NOT_A_PARTY)
    if meeting.state == MeetingState.PROPOSED:
        return allowed_if(side == meeting.opened_by, _("Answer yes or no first; then you can write to each other."))
    return allowed_if(meeting.state in TALKING_STATES, DIALOGUE_IS_OVER)


def may_end(user: "AnyUser", meeting: Meeting) -> Verdict:
    """Either party ends the dialogue; the one who asked takes the question back."""
    side = side_of(user, meeting)
    if side is None:
        return refused(NOT_A_PARTY)
    if meeting.state == MeetingState.PROPOSED:
        return allowed_if(side == meeting.opened_by, _("Answer no if you do not want the dialogue."))
    return ALLOWED


def may_reopen(user: "AnyUser", meeting: Meeting) -> Verdict:
    """Who said no, or ended a dialogue that both had wanted, opens it again."""
    sides = sides_of(user, meeting)
    if not sides:
        return refused(NOT_A_PARTY)
    if len(sides) > 1:
        return refused(COLLEAGUE_MUST)
    was_wanted = meeting.state == MeetingState.DECLINED or meeting.accepted is not None
    return allowed_if(
        meeting.closed_by in sides and was_wanted, _("The other party ended the dialogue. Ask whether they want it.")
    )


def may_ask_again(user: "AnyUser", meeting: Meeting) -> Verdict:
    """Who cannot open the dialogue again alone asks the other party, but not the day after a no."""
    if may_reopen(user, meeting):
        return refused(_("You ended the dialogue, so you can open it again yourself."))
    sides = sides_of(user, meeting)
    if not sides:
        return refused(NOT_A_PARTY)
    if len(sides) > 1:
        return refused(COLLEAGUE_MUST)
    if meeting.closed_by in sides:
        return ALLOWED
    again = ask_again_from(meeting)
    return allowed_if(
        clock.now() >= again,
        format_lazy(_("They said no thanks. You can ask again from {date}."), date=date_format(again)),
    )


def ask_again_from(meeting: Meeting) -> datetime:
    """The moment from which the other side may ask again. The dialogue must be closed."""
    if meeting.closed is None:
        raise ValueError("the dialogue is not closed")
    return meeting.closed.astimezone(clock.COPENHAGEN) + ASK_AGAIN_AFTER


def follows_agreement(user: "AnyUser", meeting: Meeting) -> Verdict:
    """The dialogue follows its agreement; whether that may take effect or end was decided there."""
    return ALLOWED


def follows_answers(user: "AnyUser", meeting: Meeting) -> Verdict:
    """Both have said yes to being introduced; whether each might was decided there."""
    return ALLOWED
