"""Is this process alive, and is it ready to serve? For balancers and monitoring."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from fyrtaarn.foundation.middleware import for_machines
from fyrtaarn.operations.queries import missing_migrations


@login_not_required
@for_machines
def alive(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@for_machines
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has this version's tables; 503 otherwise."""
    try:
        missing = missing_migrations()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    if missing:
        return HttpResponse("the database is not migrated\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
