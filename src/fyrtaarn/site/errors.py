"""Error pages that say what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "foundation/refused.html", {"reason": ""}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "site/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or cookies are off."""
    return render(request, "site/errors/csrf.html", status=403)
