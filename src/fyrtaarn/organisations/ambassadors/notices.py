"""What ambassadors, and those who asked them, are told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, register, tell

from ..models import Ambassador

GROUP = _("Ambassadors for social economy")
register(NoticeKind("organisations.ambassador_asked", _("You are asked to be an ambassador"), GROUP))
register(
    NoticeKind("organisations.ambassador_answered", _("Somebody answers whether they will be an ambassador"), GROUP)
)
register(
    NoticeKind("organisations.ambassador_confirm", _("Are you still an ambassador? Once a year"), GROUP, Rhythm.DAILY)
)


def own_path(ambassador: Ambassador) -> str:
    """Her own page, where she answers and chooses her words."""
    return reverse("organisations:ambassador", args=[ambassador.pk])


def tell_asked(ambassador: Ambassador) -> None:
    tell("organisations.ambassador_asked", [ambassador.user], path=own_path(ambassador), params=_about(ambassador))


def tell_answered(ambassador: Ambassador, *, yes: bool) -> None:
    path = reverse("organisations:ambassadors", args=[ambassador.department.municipality.slug])
    params = {**_about(ambassador), "yes": yes}
    tell("organisations.ambassador_answered", [ambassador.appointed_by], path=path, params=params)


def ask_to_confirm(ambassador: Ambassador) -> int:
    """Ask her whether it still holds, once for each time that she has said so; returns how many were told."""
    once = f"{ambassador.pk}:{ambassador.confirmed}"
    kind = "organisations.ambassador_confirm"
    return len(tell(kind, [ambassador.user], path=own_path(ambassador), params=_about(ambassador), once=once))


def _about(ambassador: Ambassador) -> dict[str, str]:
    return {
        "person": str(ambassador.user),
        "by": str(ambassador.appointed_by),
        "department": ambassador.department.name,
        "department_en": ambassador.department.name_en or ambassador.department.name,
    }
