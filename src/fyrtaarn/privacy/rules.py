"""Who may be erased when."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import hindrances
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.people.models import User

from .models import Copy, Erasure


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
