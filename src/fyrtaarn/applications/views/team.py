"""The pages of those who apply."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.foundation.files import files_of

from .. import queries
from ..models import Application, ApplicationState
from .common import PersonRequest, mine_trail, own_application

STATUS = {
    ApplicationState.DRAFT: "neutral",
    ApplicationState.SENT: "info",
    ApplicationState.RETURNED: "warn",
    ApplicationState.GRANTED: "good",
    ApplicationState.REFUSED: "bad",
    ApplicationState.WITHDRAWN: "neutral",
}


@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """The application as it reads, and what can be done with it now."""
    return page_of(request, own_application(request, pk))


def page_of(request: PersonRequest, found: Application, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "application": found,
        "whole": queries.whole(found, request.user),
        "files": list(files_of(found)),
        "status": STATUS[ApplicationState(found.state)],
        "trail": mine_trail((str(found), "")),
        **more,
    }
    return render(request, "applications/application.html", context, status=status)


@require_safe
def receipt(request: PersonRequest, pk: int) -> HttpResponse:
    """Number and moment of all that was sent."""
    found = own_application(request, pk)
    if found.sent is None:
        raise Http404
    title = _("Receipt")
    context = {
        "application": found,
        "versions": list(found.versions.select_related("by").order_by("number")),
        "title": title,
        "trail": mine_trail((str(found), reverse("applications:application", args=[pk])), (title, "")),
    }
    return render(request, "applications/receipt.html", context)


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The applications of my organisations."""
    found = queries.applications_of(request.user)
    rows = [(one, STATUS[ApplicationState(one.state)]) for one in found]
    return render(request, "applications/mine.html", {"rows": rows, "trail": mine_trail()})
