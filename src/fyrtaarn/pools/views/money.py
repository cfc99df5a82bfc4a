"""Where a pool's money is, and the account of a year: on the page, in files and on paper."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.slugs import danish_slug

from .. import queries
from ..accounts import account_of, chart_of
from ..charts import bars
from ..forms import FIRST_YEAR, LAST_YEAR
from ..models import ContributionPart, PartState
from ..paper import account_on_paper
from .common import shown_pool, trail_of

MONEY_WORDS = {
    "free": gettext_lazy("Free to grant"),
    "set_aside": gettext_lazy("Set aside for calls"),
    "committed": gettext_lazy("Granted, not paid out yet"),
    "paid_out": gettext_lazy("Paid out to recipients"),
    "back": gettext_lazy("Gone back to contributors, or on its way"),
}


def part_state(part: ContributionPart) -> str:
    """How a quarter stands in words."""
    return _("Not paid in time") if part.is_late else str(part.get_state_display())


@login_not_required
@in_municipality
@require_safe
def money(request: MunicipalRequest, slug: str) -> HttpResponseBase:
    """In, committed, paid and free, and each quarter of each contribution, to take away as a file."""
    pool = shown_pool(request, slug)
    found, given = queries.money_of(pool), queries.given_by(queries.contributors_of(pool))
    page = ListPage(
        request,
        queries.parts_of_pool(pool),
        name=_("Contributions to %(pool)s") % {"pool": pool.label},
        columns=(
            Column(_("Contributor"), lambda part: str(part.contribution.contributor)),
            Column(_("Year"), lambda part: str(part.contribution.year)),
            Column(_("Quarter"), "quarter"),
            Column(_("Due on"), "due"),
            Column(_("Kroner"), lambda part: part.kroner),
            Column(_("State"), part_state),
            Column(_("Paid on"), "paid"),
        ),
        sorts=(Sort("nyeste", _("Latest first"), ("-due",)), Sort("aeldste", _("Oldest first"), ("due",))),
        filters=(choice_filter("tilstand", _("State"), "state", PartState.choices),),
    )
    context = {
        "pool": pool,
        "money": found,
        "chart": bars(_("Where the money is"), [(str(MONEY_WORDS[key]), oere) for key, oere in found.places.items()]),
        "given": given,
        "years": sorted({one.year for one in given if one.year <= clock.today().year}, reverse=True),
        "trail": trail_of(request, pool, (_("Money"), "")),
    }
    return page.respond("pools/money.html", context)


@login_not_required
@in_municipality
@require_safe
def account(request: MunicipalRequest, slug: str, year: int) -> HttpResponse:
    """The account of a year, to read and to print."""
    pool = shown_pool(request, slug)
    found = account_of(pool, _year(year))
    title = _("Account for %(year)s") % {"year": year}
    context = {
        "pool": pool,
        "account": found,
        "chart": chart_of(found),
        "title": title,
        "trail": trail_of(request, pool, (title, "")),
    }
    return render(request, "pools/account.html", context)


@login_not_required
@in_municipality
@require_safe
def account_pdf(request: MunicipalRequest, slug: str, year: int) -> HttpResponse:
    """The same as a PDF that a screen reader reads."""
    pool = shown_pool(request, slug)
    answer = HttpResponse(account_on_paper(account_of(pool, _year(year))), content_type="application/pdf")
    name = danish_slug(f"{pool.slug} regnskab {year}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year
