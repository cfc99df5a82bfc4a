"""What teams and ambassadors are told about pitches."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import User

from .models import Pitch, PitchReview

GROUP = _("Pitches")
register(NoticeKind("pitches.asked", _("You are asked for comments on a pitch"), GROUP))
register(NoticeKind("pitches.due", _("Comments on a pitch come near their day or are late"), GROUP))
register(NoticeKind("pitches.ready", _("Comments on your pitch are ready"), GROUP))
register(NoticeKind("pitches.declined", _("An ambassador has no time for your pitch"), GROUP))


def pitch_path(pitch: Pitch | int) -> str:
    return reverse("pitches:pitch", args=[pitch if isinstance(pitch, int) else pitch.pk])


def review_path(review: PitchReview) -> str:
    return reverse("pitches:review", args=[review.pk])


def tell_asked(review: PitchReview) -> None:
    tell("pitches.asked", [review.ambassador.user], path=review_path(review), params=_about(review))


def tell_due(review: PitchReview, stage: str) -> int:
    """Remind the ambassador, once for each stage; returns how many were told."""
    params = {**_about(review), "late": stage == "late"}
    once = f"{review.pk}:{stage}"
    return len(tell("pitches.due", [review.ambassador.user], path=review_path(review), params=params, once=once))


def tell_ready(review: PitchReview) -> None:
    tell("pitches.ready", team_of(review), path=pitch_path(review.version.pitch_id), params=_about(review))


def tell_declined(review: PitchReview, reason: str) -> None:
    params = {**_about(review), "reason": reason}
    tell("pitches.declined", team_of(review), path=pitch_path(review.version.pitch_id), params=params)


def team_of(review: PitchReview) -> QuerySet[User]:
    """Those who belong to the organisation today."""
    team = Membership.objects.current().filter(organisation=review.version.organisation_id)
    return User.objects.filter(is_active=True, pk__in=team.order_by().values("user")).order_by("pk")


def _about(review: PitchReview) -> dict[str, Any]:
    return {
        "title": str(review.version),
        "organisation": review.version.organisation.name,
        "ambassador": str(review.ambassador.user),
        "due": f"{review.due:%d.%m.%Y}",
    }
