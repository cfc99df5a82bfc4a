"""What the search page is compared with: a plain Django page of twenty rows, and the same rows in the product's frame."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from bench.listings.plain import plain as framed
from fyrtaarn.listings.models import Listing

TEMPLATE = """<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Organisations</title></head><body><h1>Organisations</h1><ol>
{% for listing in listings %}<li><h2><a href="{{ listing.path }}">{{ listing.title }}</a></h2>
<p>{{ listing.municipality.name }}</p><p>{{ listing.text|truncatechars:260 }}</p></li>{% endfor %}</ol></body></html>"""


@cache
def template() -> Any:
    return engines["django"].from_string(TEMPLATE)


@login_not_required
def plain(request: HttpRequest) -> HttpResponse:
    """Twenty newest listings."""
    listings = (
        Listing.objects.filter(ended=None).select_related("municipality").order_by("-fresh", "-published", "-pk")[:20]
    )
    return HttpResponse(template().render({"listings": listings}, request))


urlpatterns = [path("plain/", plain), path("framed/", framed), path("", include("fyrtaarn.config.urls"))]
