"""What is noted of every request: an id, an access line without personal data, and figures."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import metrics

REQUEST_ID = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
STATIC, UNKNOWN = "static", "unknown"

log = structlog.get_logger("fyrtaarn.requests")


def noted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request an id of our own, which stands in the answer and in all log lines that it causes.

    The access line names the page and not its address, for an address may hold a name, a question or a secret.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(8)
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request_id):
            response = get_response(request)
            seconds = time.perf_counter() - started
            method = request.method if request.method in METHODS else "OTHER"
            page = page_of(request)
            metrics.count_request(str(method), page, response.status_code, seconds)
            log.info(
                "request", method=method, page=page, status=response.status_code, milliseconds=round(seconds * 1000)
            )
        response.headers[REQUEST_ID] = request_id
        return response

    return middleware


def page_of(request: HttpRequest) -> str:
    """The name of the page that was asked for."""
    if request.resolver_match:
        return request.resolver_match.view_name
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else UNKNOWN
