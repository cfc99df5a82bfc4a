"""The money of all pools together, and the way of one krone, for those who look after the pools and audit them."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.exports import Value, table_response
from fyrtaarn.foundation.keys import key_or_404
from fyrtaarn.foundation.rules import require
from fyrtaarn.ledger.models import Book
from fyrtaarn.pools.charts import Chart, bars
from fyrtaarn.pools.models import Pool
from fyrtaarn.pools.queries import pool_at

from .. import figures, rules, way
from .common import OfficeRequest, Trail

MONEY = ("free", "committed", "paid", "returned")


@in_municipality
@require_safe
def money(request: OfficeRequest) -> HttpResponseBase:
    """In, committed, paid and free: by pool, contributor, district and theme; `?fil=` gives one of them as a file."""
    here = request.municipality
    require(rules.may_see_queue(request.user, here))
    contributors = figures.givers_of(here)
    pools, givers = figures.money_of_pools(here, contributors), figures.by_contributor(contributors)
    districts, themes = figures.by_district(here), figures.by_theme(here)
    if chosen := request.GET.get("fil"):
        return _file(chosen, pools, givers, districts, themes)
    words = (
        _("Free to grant"),
        _("Set aside or granted, not paid out yet"),
        _("Paid out to recipients"),
        _("Returned"),
    )
    sums = [(word, sum(getattr(one, name) for one in pools)) for word, name in zip(words, MONEY, strict=True)]
    context = {
        "pools": pools,
        "came_in": sum(one.came_in for one in pools),
        "charts": {
            "money": bars(_("Where the money is"), sums),
            "givers": bars(_("Paid in by contributor"), [(one.label, one.paid_in) for one in givers]),
            "districts": _chart(_("Granted by district"), districts),
            "themes": _chart(_("Granted by theme"), themes),
        },
        "districts": districts,
        "themes": themes,
        "trail": _trail(request),
    }
    return render(request, "grants/money.html", context)


def _chart(title: str, parts: list[figures.Part]) -> Chart:
    return bars(title, [(one.label, one.granted) for one in parts])


def _file(
    chosen: str,
    pools: list[figures.PoolMoney],
    givers: list[figures.Gift],
    districts: list[figures.Part],
    themes: list[figures.Part],
) -> HttpResponseBase:
    granted = (_("Granted"), _("Paid out"))
    if chosen == "puljer":
        rows: list[tuple[Value, ...]] = [
            (one.pool.label, *(_kroner(int(getattr(one, name))) for name in ("came_in", *MONEY))) for one in pools
        ]
        heads = (_("Pool"), _("Paid in"), _("Free"), _("Committed"), _("Paid out"), _("Returned"))
        return table_response("csv", _("Money of the pools"), heads, rows)
    if chosen == "bidragydere":
        paid_in = [(one.label, _kroner(one.paid_in)) for one in givers]
        return table_response("csv", _("Contributors"), (_("Contributor"), _("Paid in")), paid_in)
    parts = {"bydele": (_("District"), districts), "temaer": (_("Theme"), themes)}.get(chosen)
    if parts is None:
        raise Http404
    head, found = parts
    return table_response(
        "csv", head, (head, *granted), [(one.label, _kroner(one.granted), _kroner(one.paid)) for one in found]
    )


@in_municipality
@require_safe
def follow(request: OfficeRequest, slug: str) -> HttpResponseBase:
    """What each contributor's money has become; `?post=` follows one part of it to its receipts."""
    here = request.municipality
    require(rules.may_see_queue(request.user, here))
    pool = pool_at(here, slug)
    origins = way.origins_of(get_object_or_404(Book, pk=pool.book_id))
    if request.GET.get("format") == "csv":
        heads = (_("Number"), _("Contributor"), _("Date"), _("What happened"), _("Document"), _("Kroner"), _("Entry"))
        return table_response("csv", _("The way of the money"), heads, _lines(origins))
    trail = [*_trail(request), (_("Follow the money"), "")]
    if "post" in request.GET:
        number = key_or_404(request.GET["post"])
        found = next((one for one in origins if one.entry.number == number), None)
        if found is None:
            raise Http404
        address = reverse("grants:follow", args=[here.slug, pool.slug])
        trail = [*_trail(request), (_("Follow the money"), address), (found.contributor, "")]
        return render(request, "grants/follow_one.html", _one(pool, found) | {"trail": trail})
    rows = [(one, [one.now.get(kind, 0) for kind in way.PLACES]) for one in origins]
    context = {"pool": pool, "places": list(way.PLACES.values()), "rows": rows, "trail": trail}
    return render(request, "grants/follow.html", context)


def _one(pool: Pool, origin: way.Origin) -> dict[str, object]:
    now = [(str(words), origin.now[kind]) for kind, words in way.PLACES.items() if origin.now.get(kind)]
    legs = [(leg, way.PLACES[leg.target.kind]) for leg in origin.legs]
    return {"pool": pool, "origin": origin, "chart": bars(_("Where it is now"), now), "legs": legs}


def _lines(origins: list[way.Origin]) -> Iterator[tuple[Value, ...]]:
    for origin in origins:
        for leg in origin.legs:
            entry = leg.entry
            what, oere = f"{entry.get_reason_display()}: {entry.text}", _kroner(leg.oere)
            yield origin.entry.number, origin.contributor, entry.day, what, entry.document, oere, entry.number


def _kroner(oere: int) -> Decimal:
    return Decimal(oere) / 100


def _trail(request: OfficeRequest) -> Trail:
    here = request.municipality
    office, money_at = (reverse(f"grants:{name}", args=[here.slug]) for name in ("office", "money"))
    return [(here.label, f"/{here.slug}/"), (_("Grants"), office), (_("Money of the pools"), money_at)]
