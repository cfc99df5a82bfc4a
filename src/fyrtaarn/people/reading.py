"""What nearly every page asks of the signed-in person, read with her in one statement.

A room says in its AppConfig.ready() what belongs there, and takes it from the person under that name:

    read_with_person("read_memberships", lambda: MEMBERSHIPS.of(…OuterRef("pk")…))
"""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from fyrtaarn.foundation.notices import count_unread

from .models import ROLES, NationalRole, Role, User

Reading = Callable[[], Any]
_readings: dict[str, Reading] = {}


def read_with_person(name: str, reading: Reading) -> None:
    """Read an expression about `OuterRef("pk")`, the person, as her attribute `name`."""
    _readings[name] = reading


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in by e-mail address, and reads the person of each request."""

    def get_user(self, user_id: int) -> User | None:
        """The person with all that is read with her, or None when she may not be here any more."""
        people = User.objects.annotate(**{name: reading() for name, reading in _readings.items()})
        person = people.filter(pk=user_id).order_by("pk").first()
        return person if person and self.user_can_authenticate(person) else None


read_with_person("read_roles", lambda: ROLES.of(Role.objects.current().filter(user=OuterRef("pk"))))
read_with_person(
    "read_national_roles",
    lambda: ArraySubquery(NationalRole.objects.current().filter(user=OuterRef("pk")).order_by("kind").values("kind")),
)
read_with_person("read_unread_notices", lambda: count_unread(F("pk")))
