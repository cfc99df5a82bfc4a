"""Who may do what with a pool: its municipality's fund managers and administrators; others by the duties they have."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.ledger.rules import may_keep_books
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role, is_employee

from .models import (
    Call,
    CallState,
    ClosedYear,
    Contribution,
    ContributionPart,
    Contributor,
    LeftoverShare,
    PartState,
    Pool,
    PoolDuty,
    PoolRules,
    PoolState,
    RulesState,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

SPEAKERS = (RoleKind.CONTACT_PERSON, RoleKind.DEPARTMENT_LEAD)
"""Who speaks for a department that gives."""
MANAGERS = (RoleKind.FUND_MANAGER, RoleKind.MUNICIPALITY_ADMINISTRATOR)
NOT_A_MANAGER = _("Only the municipality's fund managers can do this.")
NOT_ITS_OWN = _("Only the contact persons and leads of the department that gives can do this.")
NOT_TO_SEE = _("Only the municipality's fund managers and auditors can see this.")

settling_hindrances: list[Callable[[Call], Verdict]] = []
"""What rooms above say must be done before a call is over: that all applications are decided."""


def is_fund_manager(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Whether the person looks after the municipality's pools today; its administrators do too."""
    return holds_role(user, *MANAGERS, municipality=municipality)


def is_auditor(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Whether the person reads all of the municipality's money today, and changes nothing."""
    return holds_role(user, RoleKind.AUDITOR, municipality=municipality)


def may_make(user: "AnyUser", municipality: Municipality | int) -> Verdict:
    """Fund managers make pools."""
    return allowed_if(is_fund_manager(user, municipality), NOT_A_MANAGER)


def may_manage(user: "AnyUser", pool: Pool) -> Verdict:
    """Fund managers look after all pools of their municipality."""
    return allowed_if(is_fund_manager(user, pool.municipality_id), NOT_A_MANAGER)


def may_read_all(user: "AnyUser", pool: Pool) -> Verdict:
    """Drafts, books and who does what: fund managers and auditors."""
    sees = is_fund_manager(user, pool.municipality_id) or is_auditor(user, pool.municipality_id)
    return allowed_if(sees, NOT_TO_SEE)


def may_see(user: "AnyUser", pool: Pool) -> Verdict:
    """Everybody, but for a pool that is still being prepared."""
    return allowed_if(pool.state != PoolState.DRAFT or bool(may_read_all(user, pool)), NOT_TO_SEE)


def may_open(user: "AnyUser", pool: Pool) -> Verdict:
    """Managers, once there are rules to give the money by."""
    verdict = may_manage(user, pool)
    if not verdict:
        return verdict
    in_force = pool.rules.filter(state=RulesState.IN_FORCE).exists()
    return allowed_if(in_force, _("Bring rules into force first, so that everybody can read who may apply."))


def may_close(user: "AnyUser", pool: Pool) -> Verdict:
    """Managers, when no call is open in it."""
    verdict = may_manage(user, pool)
    if not verdict:
        return verdict
    return allowed_if(
        not pool.calls.filter(state=CallState.PUBLISHED).exists(), _("Finish the calls of the pool first.")
    )


def has_duty(user: "AnyUser", pool: Pool | int, duty: str) -> bool:
    """Whether the person does this for the pool today; one query."""
    if not isinstance(user, User) or not user.is_active:
        return False
    today = clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=today), pool=pool, user=user, duty=duty)
    return held.filter(starts__lte=today).exists()


def may_have_duty(person: User, pool: Pool) -> Verdict:
    """Whoever works for the municipality."""
    return allowed_if(
        is_employee(person, pool.municipality_id), _("Only somebody who works for the municipality can do this.")
    )


def may_change_rules(user: "AnyUser", rules: PoolRules) -> Verdict:
    """Managers, as long as they are a draft."""
    verdict = may_manage(user, rules.pool)
    if not verdict:
        return verdict
    return allowed_if(
        rules.state == RulesState.DRAFT, _("Rules that have been in force are not changed. Begin a new version.")
    )


def may_bring_into_force(user: "AnyUser", rules: PoolRules) -> Verdict:
    """Managers, once there is something to score applications by."""
    verdict = may_change_rules(user, rules)
    if not verdict:
        return verdict
    return allowed_if(rules.criteria.exists(), _("Write at least one criterion first."))


def may_replace(user: "AnyUser", rules: PoolRules) -> Verdict:
    """Managers, by bringing a later version into force."""
    return may_manage(user, rules.pool)


def may_see_rules(user: "AnyUser", rules: PoolRules) -> Verdict:
    """Everybody every version that has been in force."""
    if rules.state == RulesState.DRAFT:
        return may_read_all(user, rules.pool)
    return may_see(user, rules.pool)


def may_change_call(user: "AnyUser", call: Call) -> Verdict:
    """Managers, until it is published."""
    verdict = may_manage(user, call.pool)
    if not verdict:
        return verdict
    return allowed_if(call.state == CallState.DRAFT, _("It is published, so it is not changed any more."))


def may_publish(user: "AnyUser", call: Call) -> Verdict:
    """Managers, in a pool that is open, for days that are not over."""
    verdict = may_change_call(user, call)
    if not verdict:
        return verdict
    if call.pool.state != PoolState.OPEN:
        return refused(_("Open the pool first."))
    return allowed_if(
        call.closes is None or call.closes >= clock.today(), _("The last day has passed. Choose a later one.")
    )


def may_call_off(user: "AnyUser", call: Call) -> Verdict:
    """Managers, with a reason."""
    return may_manage(user, call.pool)


def may_settle(user: "AnyUser", call: Call) -> Verdict:
    """Managers, when nobody can apply any more and all applications are decided."""
    verdict = may_manage(user, call.pool)
    if not verdict:
        return verdict
    if call.is_open and call.closes is not None:
        return refused(_("One can still apply. Wait until the last day has passed, or call it off."))
    return next((verdict for hinders in settling_hindrances if not (verdict := hinders(call))), ALLOWED)


def may_extend(user: "AnyUser", call: Call, closes: date) -> Verdict:
    """Managers, to a later day; never to an earlier one, for somebody may count on it."""
    verdict = may_manage(user, call.pool)
    if not verdict:
        return verdict
    if call.state != CallState.PUBLISHED or call.closes is None:
        return refused(_("Only a published call with a last day can be extended."))
    later = closes > call.closes and closes >= clock.today()
    return allowed_if(later, _("Choose a day to come that is after the last day as it is now."))


def may_move_money(user: "AnyUser", pool: Pool) -> Verdict:
    """Managers note what is given, paid and returned."""
    return may_manage(user, pool)


def may_decide(user: "AnyUser", contributor: Contributor, year: int) -> Verdict:
    """Managers note a decision for a year in which the contributor is with the pool and that is not closed."""
    verdict = may_move_money(user, contributor.pool)
    if not verdict:
        return verdict
    left = contributor.left
    if contributor.joined.year > year or (left is not None and left.year <= year):
        return refused(_("The contributor is not with the pool in that year."))
    return allowed_if(not is_closed(contributor.pool, year), _("The books of that year are closed."))


def may_note_paid(user: "AnyUser", part: ContributionPart) -> Verdict:
    """Managers, once."""
    verdict = may_move_money(user, part.contribution.contributor.pool)
    if not verdict:
        return verdict
    if part.state == PartState.PAID:
        return refused(_("It has been noted as paid already."))
    return allowed_if(part.state == PartState.DECIDED, _("It has been dropped, so it is not paid."))


def may_take_back_payment(user: "AnyUser", part: ContributionPart) -> Verdict:
    """Managers, of what has been noted as paid by mistake."""
    verdict = may_move_money(user, part.contribution.contributor.pool)
    if not verdict:
        return verdict
    return allowed_if(part.state == PartState.PAID, _("It has not been noted as paid."))


def may_move_due(user: "AnyUser", part: ContributionPart) -> Verdict:
    """Managers, of what is not paid."""
    verdict = may_move_money(user, part.contribution.contributor.pool)
    if not verdict:
        return verdict
    return allowed_if(part.state == PartState.DECIDED, _("Only what is not paid yet has a day to be paid on."))


def may_correct(user: "AnyUser", contribution: Contribution) -> Verdict:
    """Managers, while no part of it is paid or dropped: the first entry is reversed, and a new one posted."""
    verdict = may_move_money(user, contribution.contributor.pool)
    if not verdict:
        return verdict
    return allowed_if(
        contribution.is_untouched, _("Part of it is paid or dropped. Take back what was noted as paid first.")
    )


def speaks_for(user: "AnyUser", contributor: Contributor) -> bool:
    """Whether the person speaks for the department that gives; a local committee's people have no account here."""
    return contributor.department_id is not None and holds_role(user, *SPEAKERS, department=contributor.department_id)


def may_confirm(user: "AnyUser", contribution: Contribution) -> Verdict:
    """The department's own people, once for each time that it is noted, and not who has noted it."""
    if not speaks_for(user, contribution.contributor):
        return refused(NOT_ITS_OWN)
    if contribution.decided_by_id == user.pk:
        return refused(_("You have noted it yourself, so somebody else in the department confirms it."))
    return allowed_if(contribution.confirmed is None, _("It has been confirmed already."))


def may_say_paid(user: "AnyUser", part: ContributionPart) -> Verdict:
    """The department's own people, of what has not been noted as paid."""
    if not speaks_for(user, part.contribution.contributor):
        return refused(NOT_ITS_OWN)
    return allowed_if(part.state == PartState.DECIDED, _("It does not wait to be paid any more."))


def may_leave(user: "AnyUser", contributor: Contributor) -> Verdict:
    """Managers note that a contributor leaves, once."""
    verdict = may_move_money(user, contributor.pool)
    if not verdict:
        return verdict
    return allowed_if(contributor.left is None, _("It has left already."))


def is_closed(pool: Pool, year: int) -> bool:
    """Whether the books of the year, or of a later one, are closed."""
    return ClosedYear.objects.filter(pool=pool, year__gte=year).exists()


def may_close_year(user: "AnyUser", pool: Pool, year: int) -> Verdict:
    """Those who keep the books close a year that is over, once, and none before a year that is closed."""
    verdict = may_keep_books(user, pool.municipality_id)
    if not verdict:
        return verdict
    if year >= clock.today().year:
        return refused(_("The year is not over yet."))
    return allowed_if(not is_closed(pool, year), _("The books of that year are closed."))


def may_note_returned(user: "AnyUser", share: LeftoverShare) -> Verdict:
    """Managers, once."""
    verdict = may_move_money(user, share.closed_year.pool)
    if not verdict:
        return verdict
    return allowed_if(share.paid is None, _("It has been paid back already."))
