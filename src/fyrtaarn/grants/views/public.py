"""Which grants a municipality has given, for everybody, as a page and as open data."""

from decimal import Decimal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.lists import Column, ListPage, Sort

from .. import queries
from ..models import Grant
from ..open_data import package


@login_not_required
@in_municipality
@require_safe
def grants(request: MunicipalRequest) -> HttpResponseBase:
    """The municipality's grants: who got how much for what."""
    here = request.municipality
    page = ListPage(
        request,
        queries.grants_in(here),
        name=_("Grants given"),
        columns=(
            Column(_("Recipient"), lambda grant: str(grant.organisation), link=_organisation),
            Column(_("For what"), "title"),
            Column(_("Pool"), lambda grant: grant.pool.label),
            Column(_("Amount in kroner"), lambda grant: Decimal(grant.oere) / 100),
            Column(_("Granted on"), "granted"),
            Column(_("District"), lambda grant: grant.district.name if grant.district else ""),
            Column(_("What others can learn from it"), "experience"),
        ),
        sorts=(
            Sort("seneste", _("Latest first"), ("-granted",)),
            Sort("beloeb", _("Greatest amount first"), ("-oere",)),
        ),
        search=("title", "organisation__name", "pool__name"),
    )
    context = {
        "has_grants": queries.grants_in(here).exists(),
        "trail": [(here.label, f"/{here.slug}/"), (_("Grants given"), "")],
    }
    return page.respond("grants/public.html", context)


@login_not_required
@in_municipality
@require_safe
def giving(request: MunicipalRequest) -> JsonResponse:
    """The same as open data in the 360Giving standard."""
    found = list(queries.grants_in(request.municipality).order_by("granted", "pk"))
    if not found:  # the standard knows no package without grants
        raise Http404
    return JsonResponse(package(request.municipality, found, settings.PUBLIC_URL))


def _organisation(grant: Grant) -> str:
    return reverse("portal:organisation", args=[grant.organisation.slug])
