"""Who looks after which district."""

from django.db.models import Q, QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.people.models import Role, RoleKind, User

from ..models import Appointment


def appointments_in(municipality: Municipality) -> QuerySet[Appointment]:
    """The appointments that have not ended, coming ones too, by district."""
    open_ones = Appointment.objects.filter(
        Q(ends=None) | Q(ends__gt=clock.today()), district__municipality=municipality
    )
    return open_ones.select_related("district", "user", "house").order_by(
        "district__sort_key", "deputy", "starts", "pk"
    )


def possible_managers(municipality: Municipality) -> QuerySet[User]:
    """Those who hold the role of a community manager today."""
    roles = Role.objects.current().filter(kind=RoleKind.COMMUNITY_MANAGER, municipality=municipality).order_by()
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("name", "pk")
