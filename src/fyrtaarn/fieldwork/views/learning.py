"""What was learned: each side's words, the other's yes, and the stories that everybody reads."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Refused, require

from .. import actions, queries, rules
from ..forms import AgreeForm, LearnedForm
from ..models import Learned, OfferKind
from ..notices import path_of_stay
from .common import PersonRequest, stay_of_party, trail_to, trail_to_stay

BEGINNING = 90  # letters of a text in the list


@login_not_required
@in_municipality
@require_safe
def stories(request: MunicipalRequest) -> HttpResponseBase:
    """What host and guest let everybody read."""
    page = ListPage(
        request,
        queries.published_learning(request.municipality),
        name=_("What was learned"),
        columns=(
            Column(_("What was learned"), lambda one: _beginning(one.text), link=path_of_story),
            Column(_("By"), "who"),
            Column(_("Offer"), lambda one: one.offer.title),
            Column(_("When"), lambda one: one.at.date()),
        ),
        sorts=(Sort("seneste", _("Latest first"), ("-at",)),),
        filters=(choice_filter("slags", _("What"), "offer__kind", OfferKind.choices),),
        search=("text", "who", "offer__title", "offer__institution"),
    )
    return page.respond("fieldwork/stories.html", {"trail": trail_to(request, (_("What was learned"), ""))})


@login_not_required
@in_municipality
@require_safe
def story(request: MunicipalRequest, pk: int) -> HttpResponse:
    """What host and guest of one stay let everybody read."""
    shown = queries.published_learning(request.municipality)
    told = list(shown.filter(stay__pk=pk).order_by("side"))  # by its key: a number that is too large finds nothing
    if not told:
        raise Http404
    offer = told[0].offer
    here = reverse("fieldwork:stories", args=[request.municipality.slug])
    trail = trail_to(request, (_("What was learned"), here), (offer.title, ""))
    return render(request, "fieldwork/story.html", {"told": told, "offer": offer, "trail": trail})


def path_of_story(learned: Learned) -> str:
    return reverse("fieldwork:story", args=[learned.offer.department.municipality.slug, learned.stay_id])


def _beginning(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= BEGINNING else line[:BEGINNING].rsplit(" ", 1)[0] + "…"


@in_municipality
def learned(request: PersonRequest, pk: int) -> HttpResponse:
    """Write what my side learned."""
    found = stay_of_party(request, pk)
    require(rules.may_write_learned(request.user, found))
    side = rules.own_side(request.user, found)
    mine = found.learned.filter(side=side).first()
    initial = {"text": mine.text, "agrees": mine.agreed_by(side)} if mine else {"agrees": True}
    form = LearnedForm(*sent(request), initial=initial)
    return form_page(
        request,
        form,
        lambda: actions.write_learned(
            request.user, found, form.cleaned_data["text"], agrees=form.cleaned_data["agrees"]
        ),
        title=_("What did you learn?"),
        lead=found.period.offer.title,
        back=path_of_stay(found),
        done=_("Saved."),
        trail=trail_to_stay(request, found),
    )


@require_POST
@in_municipality
def agree(request: PersonRequest, pk: int, learned: int) -> HttpResponse:
    """Say yes to everybody reading the words that I have read."""
    told = _learned(request, pk, learned)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Read the text first, and then say yes."))
    actions.agree(request.user, told, form.cleaned_data["wording"])
    messages.success(request, _("You have said yes. Everybody can read it while both of you agree."))
    return redirect(path_of_stay(told.stay))


@require_POST
@in_municipality
def take_back(request: PersonRequest, pk: int, learned: int) -> HttpResponse:
    """Take my side's yes back."""
    told = _learned(request, pk, learned)
    actions.take_back(request.user, told)
    messages.success(request, _("From now on only the two of you can read it."))
    return redirect(path_of_stay(told.stay))


def _learned(request: PersonRequest, pk: int, learned: int) -> Learned:
    stay = stay_of_party(request, pk)
    told = get_object_or_404(Learned, pk=learned, stay=stay)
    told.stay = stay
    return told
