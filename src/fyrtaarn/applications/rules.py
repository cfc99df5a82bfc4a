"""Who may read an application and do something with it: its team, and once it is sent those who handle it."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import is_member, memberships_of
from fyrtaarn.pools.models import Call, CallState, Duty
from fyrtaarn.pools.rules import NOT_A_MANAGER, has_duty, is_auditor, is_fund_manager

from .models import Application, ApplicationState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fyrtaarn.people.models import User

NOT_FOR_YOU = _("Only the organisation's team and those who handle its application can see it.")
NOT_YOURS = _("Only those who belong to the organisation can do this.")

Reader = Callable[["User | AnonymousUser", Application], bool]
FURTHER_READERS: list[Reader] = []
"""Rooms above say who else reads a sent application: those who are to assess it."""


def handles(user: "User | AnonymousUser", municipality: Municipality | int) -> bool:
    """Whether she looks after the municipality's pools and the applications to them."""
    return is_fund_manager(user, municipality)


def may_see_queue(user: "User | AnonymousUser", municipality: Municipality | int) -> Verdict:
    """Fund managers, administrators and auditors of the municipality."""
    reads = handles(user, municipality) or is_auditor(user, municipality)
    return allowed_if(reads, _("Only the municipality's fund managers and auditors see all applications."))


def decides(user: "User | AnonymousUser", application: Application) -> bool:
    """Whether she decides in the application's pool today."""
    return has_duty(user, application.call.pool_id, Duty.DECIDER)


def is_office(user: "User | AnonymousUser", application: Application) -> bool:
    """Whether she reads it for the municipality."""
    return (
        bool(may_see_queue(user, application.municipality_id))
        or decides(user, application)
        or any(reads(user, application) for reads in FURTHER_READERS)
    )


def may_handle_page(user: "User | AnonymousUser", application: Application) -> Verdict:
    """Those who read it for the municipality; its team has a page of its own."""
    return allowed_if(is_office(user, application), NOT_FOR_YOU)


def may_see(user: "User | AnonymousUser", application: Application) -> Verdict:
    """Its team at any time; those who handle it from when it is sent."""
    if is_member(user, application.organisation_id):
        return ALLOWED
    return allowed_if(application.sent is not None and is_office(user, application), NOT_FOR_YOU)


def may_write_for(user: "User | AnonymousUser", organisation: Organisation | int) -> Verdict:
    """Everybody in the organisation's team writes its applications."""
    return allowed_if(is_member(user, organisation), NOT_YOURS)


def may_change(user: "User | AnonymousUser", application: Application) -> Verdict:
    """The team, until it is sent and again when it is sent back."""
    verdict = may_write_for(user, application.organisation_id)
    if not verdict:
        return verdict
    return allowed_if(
        application.state in (ApplicationState.DRAFT, ApplicationState.RETURNED),
        _("It has been sent, so it cannot be changed. Withdraw it, or ask the municipality to send it back."),
    )


def may_withdraw(user: "User | AnonymousUser", application: Application) -> Verdict:
    """The team, until it is decided."""
    return may_write_for(user, application.organisation_id)


def may_reopen(user: "User | AnonymousUser", application: Application) -> Verdict:
    """The team, as long as one can apply in the call."""
    verdict = may_write_for(user, application.organisation_id)
    if not verdict:
        return verdict
    return allowed_if(application.call.is_open, _("One cannot apply in this call any more. Carry it over to another."))


def may_carry_over(user: "User | AnonymousUser", application: Application) -> Verdict:
    """The team, when it was refused or withdrawn."""
    verdict = may_write_for(user, application.organisation_id)
    if not verdict:
        return verdict
    return allowed_if(
        application.state in (ApplicationState.REFUSED, ApplicationState.WITHDRAWN),
        _("Only an application that was refused or withdrawn can be carried over."),
    )


def takes(call: Call, day: date) -> bool:
    """Whether one can apply in the call on the day."""
    return call.state == CallState.PUBLISHED and call.opens <= day and (call.closes is None or day <= call.closes)


def may_begin(user: "User | AnonymousUser", call: Call) -> Verdict:
    """Everybody who belongs to an organisation, while the call is open."""
    if not call.is_open:
        return refused(_("One cannot apply in this call now."))
    return allowed_if(
        bool(memberships_of(user)), _("It is an organisation that applies. Add yours first, under My organisations.")
    )


def may_ask(user: "User | AnonymousUser", application: Application) -> Verdict:
    """Those who read it for the municipality, as long as it is not decided; auditors only read."""
    if not (
        handles(user, application.municipality_id)
        or decides(user, application)
        or any(reads(user, application) for reads in FURTHER_READERS)
    ):
        return refused(_("Only those who handle the application can ask about it."))
    return allowed_if(application.state == ApplicationState.SENT, _("The application does not wait for a decision."))


def may_return(user: "User | AnonymousUser", application: Application) -> Verdict:
    """Fund managers."""
    return allowed_if(handles(user, application.municipality_id), NOT_A_MANAGER)


def may_answer(user: "User | AnonymousUser", application: Application) -> Verdict:
    """The team, as long as it is not decided."""
    verdict = may_write_for(user, application.organisation_id)
    if not verdict:
        return verdict
    return allowed_if(
        application.state in (ApplicationState.SENT, ApplicationState.RETURNED),
        _("The application does not wait for a decision."),
    )
