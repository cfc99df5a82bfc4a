"""The calls with how far their assessment is, and the board of one call."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.fieldwork.metrics import FEWEST
from fyrtaarn.foundation import exports
from fyrtaarn.foundation.lists import FORMAT
from fyrtaarn.foundation.rules import allowed_if, require

from .. import metrics, queries, rules
from ..queries import Board
from .common import PersonRequest, trail_to


@in_municipality
@require_safe
def calls(request: PersonRequest) -> HttpResponse:
    """The calls whose boards I see, each with how far its assessment is."""
    shown = list(queries.boards_of(request.user, request.municipality))
    sees_all = rules.sees_all_boards(request.user, request.municipality)
    require(allowed_if(bool(shown) or sees_all, rules.ONLY_JUDGES))
    progress = queries.progress_of(shown)
    context = {
        "rows": [(call, progress[call.pk]) for call in shown],
        "years": metrics.figures_of(request.municipality) if sees_all else [],
        "fewest": FEWEST,
        "trail": [*trail_to(request)[:-1], (_("Assessments"), "")],
    }
    return render(request, "assessment/calls.html", context)


@in_municipality
@require_safe
def board(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The applications of one call, compared and held against the money that is left."""
    call = queries.one_call(request.municipality, pk)
    require(rules.may_see_board(request.user, call))
    found = queries.board_of(request.user, call)
    kind = request.GET.get(FORMAT)
    if kind in exports.FORMATS:
        return exports.table_response(kind, call.label, _headings(), _lines(found))
    context = {
        "board": found,
        "call": call,
        "manages": bool(rules.may_spread(request.user, call)),
        "formats": exports.FORMATS,
        "trail": trail_to(request, (call.label, "")),
    }
    return render(request, "assessment/board.html", context)


def _headings() -> list[str]:
    return [
        _("Rank"),
        _("Application"),
        _("Applicant"),
        _("Points"),
        _("Most possible"),
        _("Percent of the most"),
        _("Lowest"),
        _("Highest"),
        _("Assessed by"),
        _("Asks for (kroner)"),
        _("All up to here (kroner)"),
        _("Within the money"),
    ]


def _lines(found: Board) -> Iterator[list[exports.Value]]:
    for row in (*found.order, *found.unfinished, *found.decided):
        total, rank = row.total, row.rank
        sums = total.sums if total else ()
        yield [
            rank.place if rank else None,
            str(row.application),
            row.application.organisation.name,
            total.given if total else None,
            total.most if total else None,
            row.percent,
            min(sums, default=None),
            max(sums, default=None),
            row.done,
            Decimal(row.application.asked) / 100,
            Decimal(rank.running) / 100 if rank else None,
            rank.covered if rank else None,
        ]
