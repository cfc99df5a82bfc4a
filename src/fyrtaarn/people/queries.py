"""What the pages about people read."""

from django.db import models

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock

from .models import Invitation, Role, User


def roles_of(municipality: Municipality, period: str = "") -> models.QuerySet[Role]:
    """The municipality's roles: those of today, or with `period` "senere" (coming), "sluttet" (ended) or "alle"."""
    today = clock.today()
    roles = Role.objects.filter(municipality=municipality).select_related("user", "department", "municipality")
    match period:
        case "senere":
            return roles.filter(starts__gt=today)
        case "sluttet":
            return roles.filter(ends__lte=today)
        case "alle":
            return roles
        case _:
            return roles.current()


def open_invitations(municipality: Municipality) -> models.QuerySet[Invitation]:
    """Invitations that nobody has accepted or withdrawn, also expired ones: they can be sent again."""
    waiting = municipality.invitations.filter(accepted=None, withdrawn=None)
    return waiting.select_related("department", "invited_by")


def personas() -> models.QuerySet[User]:
    """The people of the demonstration."""
    return User.objects.filter(is_active=True).exclude(persona="").order_by("name", "pk")
