"""Who may do what with an agreement.

A department's side: those who hold a role there, an organisation's side: its team, and on each side the contact whom
the party has named. A draft is a paper that all its parties write on. A person speaks for one party, so an agreement
always takes at least two people. An administrator is not a party by her office (as in dialogues).
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.meetings.models import TALKING_STATES, Meeting
from fyrtaarn.meetings.rules import acts_for_departments, side_of
from fyrtaarn.organisations.models import Membership, Organisation
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_employee

from .models import LIVE_STATES, PUBLIC_STATES, Agreement, AgreementKind, AgreementState, Party, Wording, WordingState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

NOT_A_PARTY = _("Only the parties can see this agreement.")
COLLEAGUE_MUST = _("You have said yes for another party. Let a colleague say yes for this one.")
CHANGED_MEANWHILE = _("The text has been answered or taken back in the meantime. Load the page anew.")
ONLY_DRAFT = _("Only a draft can be changed freely. Propose a change to an agreement that is in force.")
ONLY_ACTIVE = _("This is possible while the agreement is active.")
FOLLOWS = _("The agreement follows its grant: ask for the change there, and it ends with the grant.")

hindrances: list[Callable[[Agreement], Iterable[str | Promise]]] = []
"""What rooms above say that a draft lacks before it can be put to the parties."""


def whole_parties() -> QuerySet[Party]:
    """Parties with what rules and pages read of them."""
    return Party.objects.select_related("department__municipality", "organisation", "contact")


def parties_of(agreement: Agreement) -> list[Party]:
    """The parties with what rules and pages read of them; one query for each loaded agreement."""
    prefetch_related_objects([agreement], Prefetch("parties", whole_parties()))
    return list(agreement.parties.all())


def speaks_for(user: "AnyUser", party: Party) -> bool:
    """Whether the person speaks for the party: by role or membership, or as the contact whom it has named."""
    if party.organisation_id is not None:
        return is_member(user, party.organisation_id)
    department = party.department
    if department is None:
        return False
    if acts_for_departments(user, department.municipality_id, [department.pk]):
        return True
    return (
        party.contact_id is not None and party.contact_id == user.pk and is_employee(user, department.municipality_id)
    )


def party_of(user: "AnyUser", agreement: Agreement) -> Party | None:
    """The one party for which the person speaks: where she is contact, else the first of hers."""
    mine = [party for party in parties_of(agreement) if speaks_for(user, party)]
    return next((party for party in mine if party.contact_id == user.pk), mine[0] if mine else None)


def is_public(agreement: Agreement) -> bool:
    """Whether everybody can see the agreement's public part."""
    return agreement.public and agreement.state in PUBLIC_STATES


def may_see(user: "AnyUser", agreement: Agreement) -> Verdict:
    """Everybody sees the public part of a public agreement; all else is for the parties."""
    return ALLOWED if is_public(agreement) else may_see_inside(user, agreement)


def may_see_inside(user: "AnyUser", agreement: Agreement) -> Verdict:
    """The parties alone see contacts, drafts, proposals, reviews and status."""
    return allowed_if(party_of(user, agreement) is not None, NOT_A_PARTY)


def may_begin_for(user: "AnyUser", party: Department | Organisation) -> Verdict:
    """Who speaks for a department or an organisation begins an agreement for it."""
    if isinstance(party, Organisation):
        may = is_member(user, party)
    else:
        may = acts_for_departments(user, party.municipality_id, [party.pk])
    return allowed_if(may, _("You do not speak for this department or organisation."))


def may_begin_from(user: "AnyUser", meeting: Meeting) -> Verdict:
    """Either party of an open dialogue; one live agreement at a time comes of it."""
    if side_of(user, meeting) is None:
        return refused(_("Only the two parties of the dialogue can make an agreement of it."))
    if meeting.state not in TALKING_STATES:
        return refused(_("Both of you must want the dialogue before you can make an agreement."))
    return allowed_if(
        not meeting.agreements.filter(state__in=LIVE_STATES).exists(), _("The dialogue already has an agreement.")
    )


def may_edit(user: "AnyUser", agreement: Agreement) -> Verdict:
    """All parties write on a draft."""
    if not (verdict := may_see_inside(user, agreement)):
        return verdict
    return allowed_if(agreement.state == AgreementState.DRAFT, ONLY_DRAFT)


may_drop = may_edit


def can_be_removed(agreement: Agreement, party: Party, own: Party) -> bool:
    """Parties can be taken out of a draft but for one's own, and for the two that met in the dialogue."""
    met = agreement.meeting and (
        agreement.meeting.department_id == party.department_id
        or agreement.meeting.organisation_id == party.organisation_id
    )
    return party.pk != own.pk and not met


def may_resume(user: "AnyUser", agreement: Agreement) -> Verdict:
    """A dropped draft can be taken up again unless its dialogue has another agreement by now."""
    if not (verdict := may_see_inside(user, agreement)):
        return verdict
    taken = (
        agreement.meeting_id is not None
        and Agreement.objects.filter(meeting=agreement.meeting_id, state__in=LIVE_STATES)
        .exclude(pk=agreement.pk)
        .exists()
    )
    return allowed_if(not taken, _("The dialogue has another agreement by now."))


def missing_in(agreement: Agreement) -> list[str | Promise]:
    """Sentences that say what a draft lacks before it can be put to the parties."""
    parties = parties_of(agreement)
    missing: list[str | Promise] = []
    if not agreement.title.strip() or not agreement.goal.strip():
        missing.append(_("Write a title and a goal."))
    if agreement.starts is None:
        missing.append(_("Choose the day on which the collaboration begins."))
    if len(parties) < 2 or not any(party.department_id for party in parties):
        missing.append(_("Add the parties: at least two, and one of them a department."))
    return [*missing, *_unreachable(parties), *(one for hinders in hindrances for one in hinders(agreement))]


def _unreachable(parties: Iterable[Party]) -> list[str | Promise]:
    organisations = {party.organisation_id: party for party in parties if party.organisation_id}
    teams = Membership.objects.current().filter(organisation__in=organisations).order_by()
    reachable = set(teams.values_list("organisation", flat=True))
    sentence = _("Nobody from {name} uses Fyrtårn yet, so nobody can say yes for them.")
    return [format_lazy(sentence, name=str(party)) for pk, party in organisations.items() if pk not in reachable]


def may_propose(user: "AnyUser", agreement: Agreement) -> Verdict:
    """Any party puts a whole draft to the others."""
    if not (verdict := may_edit(user, agreement)):
        return verdict
    missing = missing_in(agreement)
    return allowed_if(not missing, missing[0] if missing else "")


def may_close(user: "AnyUser", agreement: Agreement) -> Verdict:
    """Any party of an active agreement, but for one that follows a grant."""
    if not (verdict := may_act(user, agreement)):
        return verdict
    return allowed_if(agreement.kind != AgreementKind.GRANT, FOLLOWS)


def may_propose_change(user: "AnyUser", agreement: Agreement) -> Verdict:
    """The same, one proposal at a time."""
    if not (verdict := may_close(user, agreement)):
        return verdict
    waiting = agreement.wordings.filter(state=WordingState.PROPOSED).exists()
    return allowed_if(not waiting, _("A proposal already waits for the parties. Answer it first."))


def may_accept(user: "AnyUser", wording: Wording) -> Verdict:
    """Each party says yes once, by one person who has not said yes for another party."""
    party = party_of(user, wording.agreement)
    if party is None:
        return refused(NOT_A_PARTY)
    if wording.state != WordingState.PROPOSED:
        return refused(CHANGED_MEANWHILE)
    given = list(wording.acceptances.all())
    if any(acceptance.party_id == party.pk for acceptance in given):
        return refused(_("You have said yes already. It now waits for the others."))
    return allowed_if(
        all(acceptance.by_id != user.pk for acceptance in given),
        COLLEAGUE_MUST,
    )


def proposing_party(wording: Wording) -> int | None:
    """Primary key of the party that proposed the wording: the one for which its author said yes."""
    return next((a.party_id for a in wording.acceptances.all() if a.by_id == wording.proposed_by_id), None)


def may_decline(user: "AnyUser", wording: Wording) -> Verdict:
    """Any other party than the one that proposed, even one that has said yes, as long as it waits."""
    party = party_of(user, wording.agreement)
    if party is None:
        return refused(NOT_A_PARTY)
    if wording.state != WordingState.PROPOSED:
        return refused(CHANGED_MEANWHILE)
    return allowed_if(party.pk != proposing_party(wording), _("It is your own proposal: take it back instead."))


def may_take_back(user: "AnyUser", wording: Wording) -> Verdict:
    """The party that proposed, as long as it waits."""
    party = party_of(user, wording.agreement)
    if party is None:
        return refused(NOT_A_PARTY)
    if wording.state != WordingState.PROPOSED:
        return refused(CHANGED_MEANWHILE)
    return allowed_if(party.pk == proposing_party(wording), _("Only the party that proposed it can take it back."))


def may_act(user: "AnyUser", agreement: Agreement) -> Verdict:
    """Any party of an active agreement tells how it goes and reviews it."""
    if not (verdict := may_see_inside(user, agreement)):
        return verdict
    return allowed_if(agreement.state == AgreementState.ACTIVE, ONLY_ACTIVE)


def may_plan_reviews(user: "AnyUser", agreement: Agreement) -> Verdict:
    """All parties, while there is something to review ahead."""
    if not (verdict := may_see_inside(user, agreement)):
        return verdict
    return allowed_if(agreement.state in LIVE_STATES, _("The agreement has ended."))


def may_hide(user: "AnyUser", agreement: Agreement) -> Verdict:
    """Showing an agreement to everybody takes all parties; one is enough to hide it again."""
    if not (verdict := may_see_inside(user, agreement)):
        return verdict
    return allowed_if(agreement.public, _("The agreement is not shown to everybody."))


def may_set_contact(user: "AnyUser", party: Party) -> Verdict:
    """Each party names its own contact."""
    return allowed_if(speaks_for(user, party), _("Each party chooses its own contact."))


def is_agreed(user: "AnyUser", wording: Wording) -> Verdict:
    """A wording comes into force when every party has said yes to it."""
    accepted = wording.acceptances.order_by().values("party")
    missing = Party.objects.filter(agreement=wording.agreement_id).exclude(pk__in=accepted).exists()
    return allowed_if(not missing, _("Some parties have not said yes yet."))


def may_activate(user: "AnyUser", agreement: Agreement) -> Verdict:
    """An agreement becomes active when every party has said yes to the wording that waits."""
    wording = agreement.wordings.filter(state=WordingState.PROPOSED).first()
    return is_agreed(user, wording) if wording else refused(CHANGED_MEANWHILE)


def may_replace(user: "AnyUser", wording: Wording) -> Verdict:
    """A wording in force gives way to a later one as long as the agreement is active."""
    return may_act(user, wording.agreement)
