from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from .routes import api
from .views import try_it


def open_to_all(patterns: list[Any]) -> list[Any]:
    """The interface's addresses, marked as open without sign-in."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
    return patterns


routes, interface, namespace = api.urls
urlpatterns = [
    path("api/v1/", try_it, name="api-try"),
    path("api/v1/", (open_to_all(routes), interface, namespace)),
]
