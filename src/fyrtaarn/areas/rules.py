"""Who may change what lies within a municipality."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused

from .models import Department, Municipality


def may_administer(user: Any, municipality: Municipality) -> Verdict:
    """Municipality administrators change their own municipality, and nobody else does.

    The user herself is asked, because the room that knows roles stands on a floor above.
    """
    return allowed_if(
        user.is_authenticated and user.administers(municipality.pk),
        _("Only the municipality's own administrators can do this."),
    )


def may_end_department(user: Any, department: Department, on: date) -> Verdict:
    """A department that has not ended may end on a day after its first."""
    verdict = may_administer(user, department.municipality)
    if not verdict:
        return verdict
    if department.ended:
        return refused(_("The department has already ended."))
    if department.valid_from is not None and on <= department.valid_from:
        return refused(_("A department must end after the day on which it began."))
    return ALLOWED
