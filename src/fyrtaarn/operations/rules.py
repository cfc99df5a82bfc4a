"""Who may see how the installation stands, and set work going again."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import Verdict, allowed_if
from fyrtaarn.people.models import NationalRoleKind, User
from fyrtaarn.people.rules import holds_national_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def may_operate(user: "User | AnonymousUser") -> Verdict:
    """Those whom `fyrtaarn appoint --as operator` has named; no municipality's role is enough."""
    return allowed_if(
        holds_national_role(user, NationalRoleKind.OPERATOR),
        _("Only those who run the installation see this."),
    )
