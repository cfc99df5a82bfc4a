"""What happens around every request: headers, history, refusals, and who reads."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import Signal, receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from .replica import may_read_there, reading_from_replica
from .rules import Refused
from .separation import forget_reader, reading_only, set_reader

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
GetResponse = Callable[[HttpRequest], HttpResponse]


def content_security_policy(map_tiles: str) -> str:
    """The strict policy: everything from ourselves, nothing inline; map tiles only where a server is set."""
    tiles = f" {map_tiles.split('{', 1)[0]}" if map_tiles else ""
    return (
        f"default-src 'self'; img-src 'self' data:{tiles}; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    )


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers that every answer has."""
    policy = content_security_policy(settings.ENVIRONMENT.map_tiles)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        return response

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """Let nobody keep the pages of one who is signed in, and have the browser forget what it has when she signs out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def history_context(get_response: GetResponse) -> GetResponse:
    """Note who, and from which page, beside every change that the history triggers keep."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return get_response(request)
        with pghistory.context(user=request.user.pk, url=request.path):
            return get_response(request)

    return middleware


class refusals(MiddlewareMixin):  # noqa: N801 - listed in settings beside function middleware
    """A refusal by a rule becomes a page that says why."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "foundation/refused.html", {"reason": exception.reason}, status=403)
        return None


def writes_on_get(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that must write on GET because a standard says so (the return from an identity provider)."""
    view.writes_on_get = True  # type: ignore[attr-defined]
    return view


class AsReader:
    """Tell the database who reads, and run GET, HEAD and OPTIONS views in a read-only transaction.

    Either begins once the view is known and lasts until its page, or the page that its exception leads to, is rendered.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as request.around_view:  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        around_view: ExitStack = request.around_view  # type: ignore[attr-defined]
        if request.method in SAFE_METHODS and not getattr(view, "writes_on_get", False):
            if may_read_there(request):
                around_view.enter_context(reading_from_replica())
            around_view.enter_context(reading_only(request.user.pk))
        else:
            around_view.callback(forget_reader)
            set_reader(request.user.pk)


@receiver((user_logged_in, user_logged_out))
def reader_changes(request: HttpRequest | None, signal: Signal, user: Any, **_more: Any) -> None:
    """Who signs in or out reads as herself, or as a visitor, for the rest of the request."""
    if hasattr(request, "around_view"):
        set_reader(user.pk if signal is user_logged_in else None)
