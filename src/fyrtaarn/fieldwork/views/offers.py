"""Offers: the public lists, one offer with its periods, and what its host does with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..forms import ApplyForm, NewOfferForm, OfferForm, PeriodForm, initial_of
from ..models import FieldworkOffer, FieldworkPeriod, OfferKind, OfferState
from ..notices import days_of, path_of_offer, path_of_stay
from .common import PersonRequest, back_to_offer, host_tabs, offer_run_by, standing_of, trail_to

MOST_STORIES = 6  # on the page of an offer


@login_not_required
@require_safe
def all_offers(request: HttpRequest) -> HttpResponseBase:
    """What is open to entrepreneurs in all municipalities."""
    return _open_offers(request, None, [(_("Front page"), "/"), (_("Fieldwork"), "")])


@login_not_required
@in_municipality
@require_safe
def offers(request: MunicipalRequest) -> HttpResponseBase:
    """What is open to entrepreneurs in the municipality."""
    return _open_offers(request, request.municipality, [*trail_to(request)[:1], (_("Fieldwork"), "")])


def _open_offers(
    request: HttpRequest, municipality: Municipality | None, trail: list[tuple[str, str]]
) -> HttpResponseBase:
    place: Column[FieldworkOffer] = (
        Column(_("Department"), lambda offer: offer.department.label)
        if municipality
        else Column(_("Municipality"), lambda offer: offer.department.municipality.label)
    )
    page = ListPage(
        request,
        queries.open_offers(municipality),
        name=_("Fieldwork"),
        columns=(
            Column(_("Offer"), "title", link=path_of_offer),
            Column(_("What"), lambda offer: str(offer.get_kind_display())),
            Column(_("Institution"), "institution"),
            place,
            Column(_("Next days begin"), "next_start"),
        ),
        sorts=(Sort("nyeste", _("Newest first"), ("-created",)), Sort("titel", _("Title"), ("title",))),
        filters=(choice_filter("slags", _("What"), "kind", OfferKind.choices),),
        search=("title", "text", "institution"),
    )
    is_host = municipality is not None and bool(rules.may_host(request.user, municipality))
    return page.respond("fieldwork/offers.html", {"is_host": is_host, "trail": trail})


@in_municipality
@require_safe
def hosted_offers(request: PersonRequest) -> HttpResponseBase:
    """The offers of my departments, drafts and closed ones too."""
    require(rules.may_host(request.user, request.municipality))
    page = ListPage(
        request,
        queries.offers_of(request.user, request.municipality),
        name=_("Our offers"),
        columns=(
            Column(_("Offer"), "title", link=path_of_offer),
            Column(_("Institution"), "institution"),
            Column(_("State"), lambda offer: str(offer.get_state_display())),
        ),
        sorts=(Sort("nyeste", _("Newest first"), ("-created",)), Sort("titel", _("Title"), ("title",))),
        filters=(choice_filter("tilstand", _("State"), "state", OfferState.choices),),
        search=("title", "text", "institution"),
    )
    context = {"tabs": host_tabs(request, "fieldwork:hosted"), "trail": trail_to(request, (_("Our offers"), ""))}
    return page.respond("fieldwork/hosted.html", context)


@login_not_required
@in_municipality
@require_safe
def offer(request: MunicipalRequest, pk: int) -> HttpResponse:
    """One offer, its periods, and for the host who has applied."""
    found = queries.one_offer(request.municipality, pk)
    require(rules.may_see_offer(request.user, found))
    runs, today = bool(rules.may_run(request.user, found)), clock.today()
    taken = queries.taken_places(found)
    stays = list(queries.stays_for(found)) if runs else []
    periods = list(found.periods.filter(ends__gt=today).prefetch_related("places"))
    context = {
        "offer": found,
        "periods": [(period, len(period.places.all()), taken.get(period.pk, 0)) for period in periods],
        "today": today,
        "runs": runs,
        "free": {period.pk for period in periods} - {stay.period_id for stay in stays},
        "stays": [(stay, *standing_of(stay)) for stay in stays],
        "learned": queries.published_learning(request.municipality).filter(offer=found)[:MOST_STORIES],
        "trail": trail_to(request, (found.title, "")),
    }
    return render(request, "fieldwork/offer.html", context)


@in_municipality
def new_offer(request: PersonRequest) -> HttpResponse:
    """Begin an offer."""
    require(rules.may_host(request.user, request.municipality))
    departments = queries.departments_hosted(request.user, request.municipality)
    form = NewOfferForm(*sent(request), initial={"version": 0}, departments=departments)
    return form_page(
        request,
        form,
        lambda: actions.draft_offer(request.user, form.cleaned_data["department"], form.cleaned_data),
        title=_("New offer"),
        back=reverse("fieldwork:hosted", args=[request.municipality.slug]),
        onwards=path_of_offer,
        done=_("Only your department sees it yet. Add a period, and then open it."),
        trail=trail_to(request),
    )


@in_municipality
def edit_offer(request: PersonRequest, pk: int) -> HttpResponse:
    """Change an offer."""
    found = offer_run_by(request, pk)
    form = OfferForm(*sent(request), initial=initial_of(found))
    return form_page(
        request,
        form,
        lambda: actions.change_offer(request.user, found, form.cleaned_data, form.cleaned_data["version"]),
        title=_("Change the offer"),
        done=_("Saved."),
        stored=lambda current: OfferForm(initial=initial_of(current)),
        **back_to_offer(request, found),
    )


@require_POST
@in_municipality
def open_offer(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the offer to everybody."""
    found = offer_run_by(request, pk)
    actions.open_offer(request.user, found)
    messages.success(request, _("The offer is open. Everybody can see it."))
    return redirect(path_of_offer(found))


@require_POST
@in_municipality
def close_offer(request: PersonRequest, pk: int) -> HttpResponse:
    """Take no more applications."""
    found = offer_run_by(request, pk)
    actions.close_offer(request.user, found)
    messages.success(request, _("The offer is closed. What has been agreed stays."))
    return redirect(path_of_offer(found))


@in_municipality
def add_period(request: PersonRequest, pk: int) -> HttpResponse:
    """Add days with places."""
    found = offer_run_by(request, pk)
    form = PeriodForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.add_period(
            request.user,
            found,
            starts=form.cleaned_data["starts"],
            ends=form.ends,
            places=form.cleaned_data["places"],
            hours=form.cleaned_data["hours"],
        ),
        title=_("New period"),
        done=_("The period is there."),
        **back_to_offer(request, found),
    )


@require_POST
@in_municipality
def remove_period(request: PersonRequest, pk: int, period: int) -> HttpResponse:
    """Take a period away that nobody has applied for."""
    found = offer_run_by(request, pk)
    actions.remove_period(request.user, get_object_or_404(FieldworkPeriod, pk=period, offer=found))
    messages.success(request, _("The period is gone."))
    return redirect(path_of_offer(found))


@in_municipality
def apply(request: PersonRequest, pk: int, period: int) -> HttpResponse:
    """Apply for a period."""
    found = queries.one_offer(request.municipality, pk)
    require(rules.may_see_offer(request.user, found))
    chosen = get_object_or_404(FieldworkPeriod, pk=period, offer=found)
    own = queries.own_organisations(request.user)
    if not own.exists():
        context = {"trail": trail_to(request, (found.title, path_of_offer(found)), (_("Apply for fieldwork"), ""))}
        return render(request, "fieldwork/nobody.html", context)
    form = ApplyForm(*sent(request), organisations=own)
    return form_page(
        request,
        form,
        lambda: actions.apply(request.user, chosen, form.cleaned_data["organisation"], form.cleaned_data["purpose"]),
        title=_("Apply for fieldwork"),
        lead=f"{found.title}, {days_of(chosen)}",
        submit=_("Send the application"),
        onwards=path_of_stay,
        done=_("Your application is sent. You get an answer here and by mail."),
        **back_to_offer(request, found),
    )
