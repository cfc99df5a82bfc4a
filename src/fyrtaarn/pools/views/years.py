"""The end of a year: what is left, who gets what back, closing the books."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.money import kroner

from .. import actions, queries, rules
from ..forms import DocumentForm
from ..models import Leftover, LeftoverShare
from ..paths import manage_path
from .common import PersonRequest, back_to, done_or_told, managed_pool, read_pool, tabs, trail_within

PAGE = "years"


@in_municipality
@require_safe
def years(request: PersonRequest, slug: str) -> HttpResponse:
    """The year that can be closed, shown to the øre, and those that are."""
    pool = read_pool(request, slug)
    year = queries.year_to_close(pool)
    end = queries.year_end(pool, year) if year is not None else None
    names = end.names if end else {}
    returns = pool.leftover == Leftover.RETURNED
    given = end.sharing.given if end else {}
    shares = [
        (names[key], given[key], share, floatformat(Decimal(share.quota.numerator) / share.quota.denominator, "4g"))
        for key, share in (end.sharing.shares if end else {}).items()
    ]
    context = {
        "pool": pool,
        "tabs": tabs(pool, PAGE),
        "manages": bool(rules.may_manage(request.user, pool)),
        "end": end,
        "may_close": year is not None and bool(rules.may_close_year(request.user, pool, year)),
        "returns": returns,
        "shares": shares if returns else [],
        "given": [(names[key], oere) for key, oere in given.items()],
        "closed": list(queries.closed_years(pool)),
        "trail": trail_within(request, pool, (_("Years"), "")),
    }
    return render(request, "pools/years.html", context)


@require_POST
@in_municipality
def close(request: PersonRequest, slug: str, year: int) -> HttpResponse:
    """Close the books of a year."""
    pool = managed_pool(request, slug)
    done = _("The books of %(year)s are closed.") % {"year": year}
    done_or_told(request, lambda: actions.close_year(request.user, pool, year), done)
    return redirect(manage_path(pool, PAGE))


@in_municipality
def note_returned(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A contributor has got its part back."""
    pool = managed_pool(request, slug)
    shares = LeftoverShare.objects.select_related(
        "closed_year__pool__municipality", "contributor__department", "contributor__local_body"
    )
    share = get_object_or_404(shares, pk=pk, closed_year__pool=pool)
    form = DocumentForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.note_returned(request.user, share, form.cleaned_data["document"]),
        title=_("Note as paid back"),
        lead=f"{share.contributor}: {kroner(share.oere)}",
        done=_("It is noted as paid back today."),
        **back_to(request, pool, PAGE, _("Years")),
    )
