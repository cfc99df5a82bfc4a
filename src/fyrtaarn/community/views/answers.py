"""The pages of those who are introduced: signed in, or with the letter that they got by mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.rules import require, require_found
from fyrtaarn.foundation.separation import show_letter
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import AnswerForm
from ..models import Answer, Asking, AskingLetter
from .common import Trail, done_or_told

THANKS = {
    Answer.YES: gettext_lazy("Thank you. You are told when all have said yes."),
    Answer.LATER: gettext_lazy("Thank you. We ask you again in two weeks."),
    Answer.NO: gettext_lazy("Thank you for your answer. Only the community manager sees it."),
}


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


@require_safe
def askings(request: PersonRequest) -> HttpResponse:
    """The introductions in which I am asked, for myself or for others."""
    found = queries.askings_of(request.user)
    return render(request, "community/askings.html", {"askings": found, "trail": _trail()})


@require_safe
def asking(request: PersonRequest, pk: int) -> HttpResponse:
    """One introduction, as one of its parties sees it."""
    shown = _asking(request, pk)
    return _page(request, shown, request.user, reverse("community:answer", args=(pk,)))


@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes, no or later."""
    _answer(request, _asking(request, pk), request.user)
    return redirect("community:asking", pk)


@require_POST
def show_contact(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the others see my address, or no longer."""
    shown = _asking(request, pk)
    shares = request.POST.get("shares_contact") == "1"
    done_or_told(request, lambda: actions.show_contact(request.user, shown, shares), _("Saved."))
    return redirect("community:asking", pk)


@login_not_required
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for one who holds a letter and is not signed in; a POST answers in her name."""
    show_letter(token)
    held = AskingLetter.objects.select_related("person").filter(token=token).first()
    shown = queries.whole_askings().filter(pk=held.asking_id).first() if held else None
    if held is None or shown is None or not rules.may_see(held.person, shown):
        return render(request, "community/letter_unknown.html", status=404)
    if request.method == "POST":
        _answer(request, shown, held.person)
        return redirect("community:letter", token)
    return _page(request, shown, held.person, request.path)


def _asking(request: PersonRequest, pk: int) -> Asking:
    shown = require_found(queries.whole_askings().filter(pk=pk).first(), rules.NOT_A_PARTY)
    require(rules.may_see(request.user, shown))
    return shown


def _answer(request: Any, shown: Asking, by: User) -> None:
    said = request.POST.get("said", "")
    form = AnswerForm(request.POST)
    if said not in Answer or not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return
    shares = form.cleaned_data["shares_contact"]
    thanks = str(THANKS[Answer(said)])
    done_or_told(request, lambda: actions.answer(by, shown, said, shares_contact=shares), thanks)


def _page(request: HttpRequest, shown: Asking, person: User, action: str) -> HttpResponse:
    """What the party is told; its answer; and, once all have said yes, the others and the way on."""
    introduction = shown.introduction
    for_herself = shown.party.person_id is not None
    context = {
        "asking": shown,
        "introduction": introduction,
        "person": person,
        "others": queries.others_in(shown),
        "contacts": [c for c in queries.contacts_of(introduction) if c.person != person],
        "may_answer": rules.may_answer(person, shown),
        "may_hide_contact": request.user == person and rules.may_hide_contact(person, shown),
        "form": AnswerForm(initial={"shares_contact": shown.shares_contact if shown.answer else not for_herself}),
        "action": action,
        "signed_in": request.user == person,
        "trail": _trail((introduction.title, "")),
    }
    return render(request, "community/asking.html", context)


def _trail(*more: tuple[str, str]) -> Trail:
    mine = (_("Introductions"), reverse("community:askings"))
    return [(_("My overview"), reverse("site:overview")), mine, *more]
