"""The pages of terms over several years, for the two parties."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.agreements.models import Agreement, AgreementState, Review
from fyrtaarn.agreements.notices import path_of as agreement_path
from fyrtaarn.agreements.queries import agreement_with_parties
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from ..models import Consequence, LongTerm
from . import actions, queries, rules
from .forms import AnswerForm, ConcludeForm, TermForm
from .notices import path_of
from .states import CONSEQUENCE_STATES


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


@require_safe
def terms(request: PersonRequest, pk: int) -> HttpResponse:
    """What is given and promised, and what each review has led to."""
    found = _agreement(request, pk)
    user, all_terms = request.user, queries.terms_of(found)
    reviews = queries.reviews_of(found)
    for review in reviews:
        for one in review.consequences.all():
            one.review = review
    context = {
        "agreement": found,
        "agreement_path": agreement_path(found),
        "holds": found.state == AgreementState.ACTIVE,
        "terms": all_terms,
        "may_write": bool(rules.may_write(user, found)),
        "reviews": [
            {
                "row": review,
                "may_conclude": bool(rules.may_conclude(user, review)),
                "consequences": [
                    (one, {step.name for step in CONSEQUENCE_STATES.allowed(user, one)})
                    for one in review.consequences.all()
                ],
            }
            for review in reviews
        ],
        "trail": _trail(found),
    }
    return render(request, "grants/terms.html", context)


def add(request: PersonRequest, pk: int) -> HttpResponse:
    """Write one more term."""
    found = _agreement(request, pk)
    require(rules.may_write(request.user, found))
    form = TermForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.add(request.user, found, form.cleaned_data),
        title=_("New term"),
        done=_("The term is written down."),
        **_back(found),
    )


def change(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """Write a term anew."""
    found, one = _term(request, pk, term)
    require(rules.may_write(request.user, found))
    form = TermForm(*sent(request), initial={name: getattr(one, name) for name in actions.FIELDS})
    return form_page(
        request,
        form,
        lambda: actions.change(request.user, one, form.cleaned_data),
        title=_("Change the term"),
        done=_("The term is written down."),
        **_back(found),
    )


@require_POST
def remove(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """Take a term out of the draft."""
    found, one = _term(request, pk, term)
    actions.remove(request.user, one)
    return redirect(path_of(found))


def conclude(request: PersonRequest, pk: int, review: int) -> HttpResponse:
    """Say what a review leads to."""
    found = _agreement(request, pk)
    held = get_object_or_404(Review.objects.prefetch_related("consequences"), pk=review, agreement=found)
    held.agreement = found
    require(rules.may_conclude(request.user, held))
    form = ConcludeForm(*sent(request), terms=queries.terms_of(found).holding)

    def do() -> Consequence:
        given = form.cleaned_data
        return actions.conclude(
            request.user, held, given["outcome"], given["text"], adjusted=form.adjusted, experience=form.experience
        )

    return form_page(
        request,
        form,
        do,
        title=_("What the review leads to"),
        lead=held.note,
        submit=_("Send to the other party"),
        done=_("The other party is told."),
        **_back(found),
    )


def answer(request: PersonRequest, pk: int, consequence: int) -> HttpResponse:
    """Say yes or no to adjusted terms."""
    found, one = _consequence(request, pk, consequence)
    require(rules.may_answer(request.user, one))
    form = AnswerForm(*sent(request))

    def do() -> Consequence:
        if form.cleaned_data["agree"] == "ja":
            return actions.agree(request.user, one)
        return actions.decline(request.user, one, form.cleaned_data["reason"])

    return form_page(
        request,
        form,
        do,
        title=_("Answer about the adjusted terms"),
        lead=one.text,
        submit=_("Send"),
        done=_("Your answer is sent."),
        **_back(found),
    )


@require_POST
def take_back(request: PersonRequest, pk: int, consequence: int) -> HttpResponse:
    """Take one's own proposal back."""
    found, one = _consequence(request, pk, consequence)
    actions.take_back(request.user, one)
    return redirect(path_of(found))


def _agreement(request: PersonRequest, pk: int) -> Agreement:
    found = agreement_with_parties(pk)
    require(rules.may_see(request.user, found))
    return found


def _term(request: PersonRequest, pk: int, term: int) -> tuple[Agreement, LongTerm]:
    found = _agreement(request, pk)
    one = get_object_or_404(LongTerm, pk=term, agreement=found)
    one.agreement = found
    return found, one


def _consequence(request: PersonRequest, pk: int, consequence: int) -> tuple[Agreement, Consequence]:
    found = _agreement(request, pk)
    one = get_object_or_404(Consequence.objects.select_related("review"), pk=consequence, review__agreement=found)
    one.review.agreement = found
    return found, one


def _trail(found: Agreement) -> list[tuple[str, str]]:
    mine = (_("My collaborations"), reverse("agreements:mine"))
    return [mine, (found.title, agreement_path(found)), (_("Terms over several years"), path_of(found))]


def _back(found: Agreement) -> dict[str, Any]:
    return {"back": path_of(found), "trail": _trail(found)}
