"""Where the pages of applications are, for rooms that lead there."""

from django.urls import reverse

from fyrtaarn.areas.models import Municipality
from fyrtaarn.pools.models import Call


def queue_path(municipality: Municipality, call: Call | None = None) -> str:
    """All that has been sent to the municipality's pools, or in one call."""
    path = reverse("applications:queue", args=[municipality.slug])
    return f"{path}?indkaldelse={call.pk}" if call else path
