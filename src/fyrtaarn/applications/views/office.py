"""The pages of those who handle applications."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.rules import require, require_found

from .. import queries, rules
from ..models import Application, ApplicationState
from .common import MunicipalPersonRequest
from .team import STATUS


def sent_application(request: MunicipalPersonRequest, pk: int) -> Application:
    """An application that has been sent to the municipality, for those who handle it there."""
    found = require_found(queries.queue(request.municipality).filter(pk=pk).first(), rules.NOT_FOR_YOU)
    require(rules.may_handle_page(request.user, found))
    return found


@in_municipality
@require_safe
def handled(request: MunicipalPersonRequest, pk: int) -> HttpResponse:
    """One application with all that belongs to it."""
    found = sent_application(request, pk)
    context = {
        "application": found,
        "whole": queries.whole(found),
        "files": list(files_of(found)),
        "status": STATUS[ApplicationState(found.state)],
        "trail": [
            (request.municipality.label, f"/{request.municipality.slug}/"),
            (_("Applications"), ""),
            (str(found), ""),
        ],
    }
    return render(request, "applications/handled.html", context)
