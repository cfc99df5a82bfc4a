"""The page that the overview pages are compared with: twenty listings and nothing else, in the same frame."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from fyrtaarn.listings.models import Listing

TEMPLATE = """{% extends "foundation/layout.html" %}{% block title %}Listings{% endblock %}
{% block content %}<h1>Listings</h1><ol>{% for listing in listings %}<li><h2><a href="{{ listing.path }}">{{ listing }}</a></h2>
<p>{{ listing.municipality.label }}</p><p>{{ listing.text|truncatechars:260 }}</p></li>{% endfor %}</ol>{% endblock %}"""


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


urlpatterns = [path("plain/", plain), path("", include("fyrtaarn.config.urls"))]
