"""Front pages and my overview."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The national front page."""
    return render(request, "site/home.html")


def overview(request: HttpRequest) -> HttpResponse:
    """What waits for me, what fits me, my things."""
    return render(request, "site/overview.html")
