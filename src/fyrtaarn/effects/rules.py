"""Who chooses which effects a municipality asks for."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import Verdict, allowed_if
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_administrator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser


def may_choose_wanted(user: "AnyUser", municipality: Municipality) -> Verdict:
    return allowed_if(
        is_administrator(user, municipality), _("Only the municipality's own administrators can do this.")
    )
