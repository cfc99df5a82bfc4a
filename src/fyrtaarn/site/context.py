"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from fyrtaarn.areas.models import Municipality


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """The municipality whose pages these are (None on national pages) and whether this is a demo."""
    municipality: Municipality | None = getattr(request, "municipality", None)
    return {"municipality": municipality, "demo_mode": settings.DEMO}
