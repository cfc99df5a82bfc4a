"""How long somebody stays signed in: until she has been away for some hours, and never longer than two weeks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.sending_again import fields_sent

from .second_step import ACCOUNT_PAGES

BEGUN, SEEN = "begun", "seen"  # in the session: when she signed in, and when she last did something
NOTED_EVERY = timedelta(minutes=5)
"""A session is written no more often than this, so that reading pages costs nothing."""


def lifetime(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a session that is used go on for SESSION_COOKIE_AGE from now, and end one that has lasted its time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            _go_on_or_end(request)
        return get_response(request)

    return middleware


def _go_on_or_end(request: HttpRequest) -> None:
    session, now = request.session, clock.now()
    if BEGUN not in session or now - datetime.fromisoformat(session[BEGUN]) > settings.LONGEST_SESSION:
        logout(request)
    elif not _by_itself(request) and now - datetime.fromisoformat(session[SEEN]) > NOTED_EVERY:
        session[SEEN] = now.isoformat()  # so the session is saved, and its time begins anew


def _by_itself(request: HttpRequest) -> bool:
    """Whether an open page asks for its news, which goes on when nobody is there."""
    return request.method == "GET" and "HX-Request" in request.headers


def _begin(request: HttpRequest | None, **_about: Any) -> None:
    if request is not None:
        request.session[BEGUN] = request.session[SEEN] = clock.now().isoformat()


user_logged_in.connect(_begin, dispatch_uid="people.sessions.begin")


class SignInRequired(LoginRequiredMiddleware):
    """Asks who it is. What somebody sends after she has been signed out waits on the page that tells her so.

    A page that asks for its news gets none, for the page to sign in on does not belong in the middle of it.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        if _by_itself(request):
            return HttpResponse(status=403)
        fields = [] if request.path.startswith(ACCOUNT_PAGES) else fields_sent(request)
        if not fields:
            return super().handle_no_permission(request, view_func)
        return render(request, "people/signed_out.html", {"fields": fields, "files": request.FILES}, status=403)
