"""Is this process alive, and is it ready to serve? For balancers and monitoring."""

from collections.abc import Callable
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from fyrtaarn.operations.queries import missing_migrations

PROBED = frozenset({"/livez", "/readyz"})


def probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a balancer before anything asks for a reader or for the name that the host was called by: it calls hosts by
    number, and wants an answer although the database is away."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info not in PROBED:
            return get_response(request)
        request.resolver_match = resolve(request.path_info)
        answer: HttpResponse = request.resolver_match.func(request)
        return answer

    return middleware


@login_not_required
def alive(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has this version's tables; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        demand_tables()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    except NotMigrated:
        return HttpResponse("the database is not migrated\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


class NotMigrated(Exception):
    """The database lacks tables of this version."""


@cache
def demand_tables() -> None:
    """Raise NotMigrated if tables are missing. Once they are there they stay, so a process looks only until then."""
    if missing_migrations():
        raise NotMigrated
