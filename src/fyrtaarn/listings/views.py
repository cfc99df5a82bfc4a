"""Overview pages, suggestions while somebody types, and saved searches."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import exports
from fyrtaarn.people.models import User

from . import saved
from .codes import seeing
from .feeds import feed_response
from .forms import SavedSearchForm
from .models import SavedSearch
from .pages import (
    FORMAT,
    OVERVIEWS,
    Overview,
    OverviewPage,
    address_of,
    clean_question,
    overview_of,
    saved_parameters,
)
from .rows import kind_of
from .search.facets import Words
from .suggesting import suggested_listings, suggested_words

MOST_EXPORTED = 5_000


@login_not_required
@require_safe
def overview(request: HttpRequest, overview: Overview) -> HttpResponseBase:
    """An overview page of the whole country, or its list as a file or feed."""
    return _overview(request, overview, None)


@login_not_required
@in_municipality
@require_safe
def municipal_overview(request: MunicipalRequest, overview: Overview) -> HttpResponseBase:
    """The same of one municipality."""
    return _overview(request, overview, request.municipality)


def _overview(request: HttpRequest, overview: Overview, municipality: Municipality | None) -> HttpResponseBase:
    form = request.GET.get(FORMAT, "")
    page = OverviewPage(request, overview, municipality, public=form == "atom")
    if form == "atom":
        return feed_response(request, page)
    if form in exports.FORMATS:
        headings = [_("Title"), _("Kind"), _("Organisation"), _("Municipality"), _("Published"), _("Address")]
        return exports.table_response(form, str(overview.title), headings, _rows(request, page))
    context = {
        "page": page,
        "rows": page.rows,
        "trail": _trail(overview, municipality),
        "save_form": SavedSearchForm(initial={"name": page.suggested_name}) if request.user.is_authenticated else None,
        "national_url": page.url(page.query_state, reverse(f"listings:{overview.name}")) if municipality else "",
    }
    return render(request, "listings/overview.html", context)


def _trail(overview: Overview, municipality: Municipality | None) -> list[tuple[Any, str]]:
    start = [(municipality.label, f"/{municipality.slug}/")] if municipality else [(_("Home"), "/")]
    return [*start, (overview.title, "")]


def _rows(request: HttpRequest, page: OverviewPage) -> Iterator[list[exports.Value]]:
    """The list as filtered, up to MOST_EXPORTED rows."""
    after, left = "", MOST_EXPORTED
    while left > 0:
        results = page.results_of(after=after, size=200)
        for hit in results.hits:
            listing = hit.listing
            yield [
                listing.title,
                kind_of(listing),
                listing.organisation.name if listing.organisation else "",
                listing.municipality.label,
                listing.published,
                request.build_absolute_uri(listing.path),
            ]
        left -= len(results.hits)
        after = results.after
        if not after:
            return


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Words and listings for what somebody types into a search box: a fragment."""
    question = clean_question(request.GET.get("q", ""))
    kinds = tuple(kind for kind in request.GET.getlist("slags")[:3] if kind.isidentifier())
    viewer = seeing(request.user)
    context = {
        "words": suggested_words(question, viewer, kinds),
        "listings": suggested_listings(question, viewer, kinds),
    }
    return render(request, "listings/suggestions.html", context)


@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    """The person's saved searches with what they have found."""
    person = cast(User, request.user)
    searches = list(saved.searches_of(person))
    latest = saved.latest_hits(searches, seeing(person))
    chosen = defaultdict[str, list[str]](list)
    for search in searches:
        for family, values in search.filters.items():
            chosen[family] += values
    words = Words(chosen)
    context = {
        "searches": [
            {
                "search": search,
                "url": address_of(search.kind, search.municipality, search.question, search.filters),
                "about": _described(search, words),
                "hits": latest[search.pk],
                "form": SavedSearchForm(instance=search, prefix=str(search.pk)),
            }
            for search in searches
        ],
        "trail": [(_("My overview"), reverse("site:overview")), (_("Saved searches"), "")],
    }
    return render(request, "listings/saved_searches.html", context)


def _described(search: SavedSearch, words: Words) -> str:
    """What a saved search looks for, in words."""
    chosen = [words.of(family, value) for family, values in search.filters.items() for value in values]
    parts = [
        str(overview_of(search.kind).title) if search.kind else _("Everything"),
        search.municipality.label if search.municipality else "",
        _("“%(question)s”") % {"question": search.question} if search.question else "",
        *(word for word in chosen if word),
    ]
    return " · ".join(part for part in parts if part)


@require_POST
def save_search(request: HttpRequest, overview: str) -> HttpResponse:
    """Keep the search that the form carries."""
    kept = OVERVIEWS.get(overview)
    if kept is None:
        raise Http404
    slug = request.POST.get("kommune", "").replace("\x00", "")[:50]
    municipality = get_object_or_404(Municipality, slug=slug) if slug else None
    question, selection = saved_parameters(request.POST.get("soegning", ""), kept, municipality)
    form = SavedSearchForm(request.POST)
    if form.is_valid():
        try:
            saved.save_search(
                cast(User, request.user),
                name=form.cleaned_data["name"],
                kind=kept.kinds[0] if kept.kinds else "",
                municipality=municipality,
                question=question,
                selection=selection,
                rhythm=form.cleaned_data["rhythm"],
            )
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("The search is saved. You will hear from us when something new fits."))
            return redirect("listings:saved-searches")
    context = {"form": form, "overview": kept, "kommune": slug, "soegning": request.POST.get("soegning", "")}
    return render(request, "listings/save_search.html", context, status=422)


@require_POST
def change_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a saved search and choose how often to be told."""
    search = get_object_or_404(SavedSearch, pk=pk, user=cast(User, request.user))
    form = SavedSearchForm(request.POST, instance=search, prefix=str(pk))
    if not form.is_valid():
        return render(request, "listings/change_search.html", {"form": form, "search": search}, status=422)
    saved.change_search(search, name=form.cleaned_data["name"], rhythm=form.cleaned_data["rhythm"])
    messages.success(request, _("Saved."))
    return redirect("listings:saved-searches")


@require_POST
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved search."""
    search = get_object_or_404(SavedSearch, pk=pk, user=cast(User, request.user))
    saved.delete_search(search)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": search.name})
    return redirect("listings:saved-searches")
