"""Pages under a municipality's address: /kolding/…"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import register_converter

from .models import Municipality

FIRST_WORDS = (
    "administration", "api", "cookies", "demo", "drift", "effekt", "feltarbejde", "filer", "hold", "import", "introduktion",
    "invitation", "komponenter", "konto", "loesninger", "match", "min", "om", "organisationer", "privatliv",
    "samarbejder", "soeg", "sprog", "static", "tilgaengelighed", "udfordringer", "was",
)  # fmt: skip

View = Callable[..., HttpResponseBase]


class MunicipalRequest(HttpRequest):
    """A request for a page of one municipality."""

    municipality: Municipality


def in_municipality(view: View) -> View:
    """Turn the address's first word into `request.municipality`; 404 where no portal is open."""

    @wraps(view)
    def of_municipality(request: MunicipalRequest, municipality: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.municipality = get_object_or_404(Municipality, slug=municipality, open=True)
        return view(request, *args, **kwargs)

    return of_municipality


class MunicipalityWord:
    """The first word of an address, when it may be a municipality: none of the words that other pages begin with."""

    regex = rf"(?!(?:{'|'.join(FIRST_WORDS)})/)[a-z0-9-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MunicipalityWord, "kommune")
