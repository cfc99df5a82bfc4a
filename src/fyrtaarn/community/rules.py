"""Who may do what with a district's board and its introductions.

The board is for the district's community manager, and for her deputy where she is not there (see
Appointment.in_charge). A party is spoken for by those who hold a role in the department, by the organisation's team,
or by the person herself; a community manager as such speaks for none of them.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, District, LocalBody, Municipality
from fyrtaarn.areas.rules import may_administer
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.meetings.recipients import team_of
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import Role, RoleKind, User
from fyrtaarn.people.rules import holds_role

from .models import Answer, Appointment, Asking, IntroducedParty, Introduction, IntroductionState, Note

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

PartyOf = Department | Organisation | User
VOICES = (RoleKind.DEPARTMENT_EDITOR, RoleKind.CONTACT_PERSON)
FEWEST_PARTIES, MOST_PARTIES = 2, 5

NOT_IN_CHARGE = _("Only the district's community manager can do this, or the deputy while she is away.")
NOT_A_PARTY = _("Only those who are introduced can see this.")
CLOSED = _("This introduction is closed. You need not answer.")
SETTLED = _("All have said yes already. Write to the others, or to the community manager.")
COLLEAGUE_MUST = _("You have said yes for another party. Let a colleague say yes for this one.")


def is_in_charge(user: "AnyUser", district: District | int) -> bool:
    """Whether the person works on the district's board today."""
    wanted = district.pk if isinstance(district, District) else district
    return isinstance(user, User) and any(one.district_id == wanted for one in charges_of(user))


def charges_of(user: "AnyUser") -> list[Appointment]:
    """The appointments by which the person works on boards today; read once a request."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if all(role.kind != RoleKind.COMMUNITY_MANAGER for role in user.current_roles):
        return []
    if not hasattr(user, "read_charges"):
        mine = Appointment.objects.in_charge().filter(user=user).select_related("district__municipality")
        user.read_charges = list(mine)  # type: ignore[attr-defined]
    charges: list[Appointment] = user.read_charges  # type: ignore[attr-defined]
    return charges


def may_work_on(user: "AnyUser", district: District) -> Verdict:
    """The community manager of the district, or the deputy where she is not there."""
    return allowed_if(is_in_charge(user, district), NOT_IN_CHARGE)


def may_appoint(user: "AnyUser", municipality: Municipality) -> Verdict:
    """Administrators say who looks after which district."""
    return may_administer(user, municipality)


def may_be_appointed(user: User, municipality: Municipality) -> Verdict:
    """Who holds the role of a community manager in the municipality."""
    return allowed_if(
        holds_role(user, RoleKind.COMMUNITY_MANAGER, municipality=municipality),
        _("Give this person the role of a community manager first."),
    )


def may_tell_of(user: "AnyUser", appointment: Appointment) -> Verdict:
    """Each writes her own words about herself, and when she is away."""
    mine = appointment.user_id == user.pk and not appointment.over
    return allowed_if(mine, _("Only the person herself can change this."))


def may_handle(user: "AnyUser", introduction: Introduction) -> Verdict:
    """The steps of an introduction are its district's community manager's."""
    return allowed_if(is_in_charge(user, introduction.district_id), NOT_IN_CHARGE)


def may_keep(user: "AnyUser", note: Note) -> Verdict:
    """A note is its author's alone; neither deputy nor successor reads it."""
    mine = note.author_id == user.pk and is_in_charge(user, note.district_id)
    return allowed_if(mine, _("Only the person who wrote the note can do this."))


def may_follow(user: "AnyUser", local_body: LocalBody) -> Verdict:
    """What a local committee has asked for is followed by the community manager of its district."""
    district = local_body.district_id
    return allowed_if(district is not None and is_in_charge(user, district), NOT_IN_CHARGE)


def may_send(user: "AnyUser", introduction: Introduction) -> Verdict:
    """An introduction is sent when there are at least two, each with a reason and somebody who can answer."""
    verdict = may_handle(user, introduction)
    if not verdict:
        return verdict
    parties = list(introduction.parties.select_related("asking", "department", "organisation", "person"))
    if len(parties) < FEWEST_PARTIES:
        return refused(_("Add those who are to meet: at least two."))
    if any(not party.asking.reason.strip() for party in parties):
        return refused(_("Write to each of them why they should meet."))
    silent = [str(party) for party in parties if not voices_of(party)]
    if silent:
        return refused(_("Nobody uses Fyrtårn for %(party)s yet. Talk to them yourself first.") % {"party": silent[0]})
    return ALLOWED


def may_withdraw(user: "AnyUser", introduction: Introduction) -> Verdict:
    """What has been sent is closed; a draft that nobody has seen is deleted instead."""
    verdict = may_handle(user, introduction)
    if not verdict:
        return verdict
    return allowed_if(introduction.proposed is not None, _("Nobody has seen this draft. Delete it instead."))


def may_discard(user: "AnyUser", introduction: Introduction) -> Verdict:
    """A draft that has never been sent."""
    verdict = may_change(user, introduction)
    if not verdict:
        return verdict
    return allowed_if(introduction.proposed is None, _("It has been sent once, so it is kept."))


def may_change(user: "AnyUser", introduction: Introduction) -> Verdict:
    """Parties and words are settled before an introduction is sent."""
    verdict = may_handle(user, introduction)
    if not verdict:
        return verdict
    return allowed_if(introduction.state == IntroductionState.DRAFT, _("It has been sent, so it stays as it is."))


def follows_answers(user: "AnyUser | None", introduction: Introduction) -> Verdict:
    """All have said yes; whether each might was decided with the answer."""
    return ALLOWED


def follows_calendar(user: "AnyUser | None", introduction: Introduction) -> Verdict:
    """The last day for answers has passed."""
    late = introduction.expires is not None and introduction.expires <= clock.today()
    return allowed_if(late, _("There is still time to answer."))


def speaks_for(user: "AnyUser", party: IntroducedParty) -> bool:
    """Whether the person answers for the party today."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if party.organisation_id is not None:
        return is_member(user, party.organisation_id)
    if party.department is not None:
        return holds_role(user, *VOICES, municipality=party.department.municipality_id, department=party.department_id)
    return party.person_id == user.pk


def voices_of(party: IntroducedParty) -> list[User]:
    """Those who answer for the party."""
    return voices(party.department or party.organisation or party.person)


def voices(party: PartyOf | None) -> list[User]:
    """Those who answer for a department, an organisation or a person."""
    if isinstance(party, Organisation):
        return team_of(party.pk)
    if isinstance(party, Department):
        roles = Role.objects.current().filter(kind__in=VOICES, department=party).order_by()
        return list(User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("pk"))
    return [party] if isinstance(party, User) and party.is_active else []


def may_see(user: "AnyUser", asking: Asking) -> Verdict:
    """Those who speak for the party, once it has been sent to them."""
    sent = asking.introduction.state != IntroductionState.DRAFT
    return allowed_if(sent and speaks_for(user, asking.party), NOT_A_PARTY)


def may_answer(user: "AnyUser", asking: Asking) -> Verdict:
    """While answers are open, and also after one's own: she may change her mind until all have said yes."""
    verdict = may_see(user, asking)
    if not verdict:
        return verdict
    return is_open(asking.introduction)


def is_open(introduction: Introduction) -> Verdict:
    """Whether the parties' answers are still awaited."""
    if introduction.state == IntroductionState.PROPOSED:
        late = introduction.expires is not None and introduction.expires <= clock.today()
        return refused(CLOSED) if late else ALLOWED
    return refused(SETTLED if introduction.accepted and introduction.closed is None else CLOSED)


def may_hide_contact(user: "AnyUser", asking: Asking) -> Verdict:
    """Who has shared her name and address takes them back, or shares them after all."""
    verdict = may_see(user, asking)
    if not verdict:
        return verdict
    said_yes = asking.answer == Answer.YES and asking.answered_by_id == user.pk
    return allowed_if(said_yes, _("Only the one who said yes decides on her own address."))
