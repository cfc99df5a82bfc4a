"""Who may be erased when, and who looks after a municipality's data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.personal_data import hindrances
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import ADMINISTRATOR, holds_role

from .models import Copy, Erasure, Register


def may_be_erased(person: User) -> Verdict:
    """Anybody, once no municipality and no team depends on her alone."""
    reasons = [str(reason) for hindrance in hindrances for reason in hindrance(person)]
    return refused(" ".join(reasons)) if reasons else ALLOWED


def may_call_back(user: User, erasure: Erasure) -> Verdict:
    """The person herself, until it is done."""
    return allowed_if(
        erasure.person_id == user.pk and erasure.done is None and erasure.called_back is None,
        _("There is nothing to call back."),
    )


def may_fetch(user: User, copy: Copy) -> Verdict:
    """The person herself, for a week."""
    return allowed_if(copy.person_id == user.pk and copy.is_here, _("This copy is no longer here. Ask for a new one."))


def may_look_after(user: Any, municipality: Municipality) -> Verdict:
    """Administrators and data officers see the record and what is due, and note what the archive has decided."""
    return allowed_if(
        holds_role(user, ADMINISTRATOR, RoleKind.DATA_OFFICER, municipality=municipality),
        _("Only the municipality's administrators and data officers can do this."),
    )


def may_answer_requests(user: Any, municipality: Municipality) -> Verdict:
    """Data officers alone read across matters, to answer requests for access; administrators do not."""
    return allowed_if(
        holds_role(user, RoleKind.DATA_OFFICER, municipality=municipality),
        _("Only the municipality's data officers can do this."),
    )


def may_fetch_register(user: Any, register: Register) -> Verdict:
    """The municipality's data officers, for a week."""
    verdict = may_answer_requests(user, register.municipality)
    if not verdict:
        return verdict
    return allowed_if(register.is_here, _("This file is no longer here. Have it made anew."))
