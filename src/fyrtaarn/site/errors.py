"""Error pages that say what happened and what to do next."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fyrtaarn.foundation.sending_again import fields_sent
from fyrtaarn.foundation.storage import is_for_a_while
from fyrtaarn.people.second_step import ACCOUNT_PAGES

RETRY_SECONDS = "30"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain("site/errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "foundation/refused.html", {"reason": ""}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or database or files are gone or full for a while, and the page can be had again in a moment."""
    fault = sys.exception()
    if not isinstance(fault, (InterfaceError, OperationalError)) and not is_for_a_while(fault):
        return _plain("site/errors/500.html", 500)
    answer = _plain("site/errors/503.html", 503)
    answer.headers["Retry-After"] = RETRY_SECONDS
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or somebody has signed in since, or cookies are off."""
    fields = [] if request.path.startswith(ACCOUNT_PAGES) else fields_sent(request)
    return render(request, "site/errors/csrf.html", {"fields": fields, "files": request.FILES}, status=403)


def _plain(template: str, status: int) -> HttpResponse:
    """A page in the bare frame: it needs neither the database nor anything that a broken request may lack."""
    return HttpResponse(render_to_string(template), status=status)
