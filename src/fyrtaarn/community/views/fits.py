"""What is sought and offered in the district, and what the search suggests."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.keys import key_or_404
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.listings.models import Audience, Listing, Side

from .. import actions, queries
from ..models import SetAside
from .common import BoardRequest, board_tabs, board_trail, board_url, done_or_told, on_board

MOST_SET_ASIDE = 200


@require_safe
@on_board
def suggestions(request: BoardRequest) -> HttpResponse:
    """Whom the search would introduce, with its reasons."""
    context = {
        "district": request.district,
        "suggestions": queries.suggestions_in(request.district),
        "tabs": board_tabs(request, "suggestions"),
        "trail": board_trail(request.district, (_("Suggestions"), "")),
    }
    return render(request, "community/suggestions.html", context)


@require_safe
@on_board
def aside(request: BoardRequest) -> HttpResponse:
    """What has been set aside, to be brought back."""
    suggested = (_("Suggestions"), board_url("suggestions", request.district))
    context = {
        "district": request.district,
        "set_aside": queries.set_aside_in(request.district)[:MOST_SET_ASIDE],
        "trail": board_trail(request.district, suggested, (_("Set aside"), "")),
    }
    return render(request, "community/aside.html", context)


@require_POST
@on_board
def set_aside(request: BoardRequest) -> HttpResponse:
    """Suggest two to me no longer."""
    sought = listing_named(request.POST.get("sought", ""), Side.SOUGHT)
    offered = listing_named(request.POST.get("offered", ""), Side.OFFERED)
    done_or_told(
        request,
        lambda: actions.set_aside(request.user, request.district, sought, offered),
        _("Set aside. You can bring it back under “Set aside”."),
    )
    return redirect(board_url("suggestions", request.district))


@require_POST
@on_board
def bring_back(request: BoardRequest, pk: int) -> HttpResponse:
    """Suggest two to me again."""
    pair: SetAside = get_object_or_404(queries.set_aside_in(request.district), pk=pk)
    done_or_told(request, lambda: actions.bring_back(request.user, pair), _("It is among the suggestions again."))
    return redirect(board_url("suggestions", request.district))


@require_safe
@on_board
def listed(request: BoardRequest) -> HttpResponseBase:
    """What is sought and offered in the district."""
    page = ListPage(
        request,
        queries.listed_in(request.district),
        name=_("Needs and offers"),
        columns=(
            Column(_("Title"), "title", link=lambda one: board_url("fits", request.district, one.pk)),
            Column(_("Sought or offered"), lambda one: one.get_side_display()),
            Column(_("By"), lambda one: str(one.organisation or one.municipality.label)),
            Column(_("Published"), lambda one: localdate(one.published) if one.published else None),
        ),
        sorts=(Sort("nyeste", _("Newest first"), ("-published",)), Sort("titel", _("Title"), ("sort_key",))),
        filters=(choice_filter("side", _("Sought or offered"), "side", Side.choices[:2]),),
        search=("title", "text"),
    )
    context = {
        "district": request.district,
        "tabs": board_tabs(request, "listed"),
        "trail": board_trail(request.district, (_("Needs and offers"), "")),
    }
    return page.respond("community/listed.html", context)


@require_safe
@on_board
def fits(request: BoardRequest, pk: int) -> HttpResponse:
    """What fits one need or one offer of the district."""
    listing: Listing = get_object_or_404(queries.listed_in(request.district), pk=pk)
    context = {
        "district": request.district,
        "listing": listing,
        "suggestions": queries.fits_of(request.district, listing),
        "trail": board_trail(
            request.district,
            (_("Needs and offers"), board_url("listed", request.district)),
            (listing.title, ""),
        ),
    }
    return render(request, "community/fits.html", context)


def listing_named(key: str, side: Side) -> Listing:
    """The listing that an address or a form names; Http404 where everybody cannot find it."""
    shown = Listing.objects.filter(side=side, audience=Audience.PUBLIC, ended=None)
    return get_object_or_404(shown.select_related("organisation", "municipality"), pk=key_or_404(key))
