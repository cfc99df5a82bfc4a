"""Pages under a municipality's address: /kolding/…"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from .models import Municipality


class MunicipalRequest(HttpRequest):
    """A request for a page of one municipality."""

    municipality: Municipality


def in_municipality(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn the address's first word into `request.municipality`; 404 where no portal is open."""

    @wraps(view)
    def of_municipality(request: MunicipalRequest, municipality: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.municipality = get_object_or_404(Municipality, slug=municipality, open=True)
        return view(request, *args, **kwargs)

    return of_municipality
