"""For whom the reader is here now, for the frame of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .acting import acting_as, contexts_of
from .models import User


def acting(request: HttpRequest) -> dict[str, Any]:
    """`acting.current` and `acting.contexts`; reads the database only where a template asks."""
    return {"acting": SimpleLazyObject(lambda: _acting(request))}


def _acting(request: HttpRequest) -> dict[str, Any]:
    contexts = contexts_of(request.user) if isinstance(request.user, User) else []
    return {"current": acting_as(request), "contexts": contexts}
