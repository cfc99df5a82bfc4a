"""The log of who has looked at whose data."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.separation import writing_as
from fyrtaarn.foundation.viewing import seen_in
from fyrtaarn.people.acting import me

from .models import Viewing


def note_viewings(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write who has seen whom before the page is sent: a page whose viewing cannot be noted is not shown.

    Stands outside the read-only transaction of reading pages. One's own data, and a second look on the same day, are
    not noted.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        lines = [
            Viewing(
                viewer=me(request),
                person_id=person,
                place=seen.place,
                municipality_id=seen.municipality,
                day=clock.today(),
            )
            for seen in seen_in(request)
            for person in sorted(seen.people - {request.user.pk})
        ]
        if lines:
            with writing_as(me(request).pk):
                Viewing.objects.bulk_create(lines, ignore_conflicts=True)
        return response

    return middleware
