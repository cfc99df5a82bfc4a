"""The asker's pages: ask, read the answer, write on; by account, or by the letter that a guest holds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.form_pages import attempt, sent
from fyrtaarn.foundation.keys import key_or_404
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Refused, require_found
from fyrtaarn.foundation.separation import show_letter
from fyrtaarn.foundation.views import file_response
from fyrtaarn.people.models import User

from .. import actions, limits, queries, rules
from ..forms import AskForm, MessageForm, RatingForm, ReopenForm
from ..helping import Likely, likely
from ..mail import guest_path, key_in
from ..models import Case, CaseMessage, CaseState, MessageSide, RatingAnswer
from ..models.cases import LONGEST
from ..notices import asker_path
from .common import PersonRequest, asker_context


@login_not_required
@in_municipality
def ask(request: MunicipalRequest) -> HttpResponse:
    """Ask the municipality, perhaps about something that it or others have put up here (`om`)."""
    me = request.user if isinstance(request.user, User) else None
    about = queries.asked_about(request.GET.get("om"))
    form, between = AskForm(*sent(request), user=me), False
    found = _likely_first(request, form) if form.is_valid() else None
    if found is not None:
        between = True
    elif form.is_valid() and (me or limits.within(request, form)):
        known = {"about": about, "language": get_language(), **form.cleaned_data}
        if case := attempt(form, lambda: actions.ask(me, request.municipality, **known), at="uploads"):
            if me is None:
                return redirect("entrance:sent", request.municipality.slug)
            messages.success(
                request, _("Your question is sent. You are told when somebody has it, and when it is answered.")
            )
            return redirect(asker_path(case))
    context = {"form": form, "about": about, "me": me, "likely": found, "between": between}
    return render(request, "entrance/ask.html", {**context, "trail": _trail(request, _("Ask the municipality"))})


def _likely_first(request: MunicipalRequest, form: AskForm) -> Likely | None:
    """What may answer it already, for one who has not been shown it; with files she is not held up, for they would go."""
    if request.POST.get("shown") or form.cleaned_data["uploads"]:
        return None
    found = likely(form.cleaned_data["text"], request.municipality, request.user)
    return found if found.answers else None


@login_not_required
@require_POST
@in_municipality
def likely_answers(request: MunicipalRequest) -> HttpResponse:
    """What may help with the text so far, as a part of the page on which it is written. Keeps nothing."""
    text = request.POST.get("text", "")[:LONGEST]
    found = likely(text, request.municipality, request.user)
    return render(request, "entrance/_likely.html", {"likely": found, "between": False})


@login_not_required
@require_POST
@in_municipality
def helped(request: MunicipalRequest) -> HttpResponse:
    """She has read an answer and need not ask: it is counted, and no question is sent."""
    chosen = key_or_404(request.POST.get("answer", ""))
    answer = get_object_or_404(queries.public_answers(request.municipality), pk=chosen)
    if limits.may_thank(request):
        actions.note_helped(answer)
    messages.success(request, _("Good that it helped. Your question is not sent."))
    return redirect("entrance:public-answer", request.municipality.slug, answer.pk, answer.slug)


@login_not_required
@require_safe
@in_municipality
def sent_page(request: MunicipalRequest) -> HttpResponse:
    """What a guest does next: open the letter."""
    return render(request, "entrance/sent.html", {"trail": _trail(request, _("Ask the municipality"))})


@require_safe
def mine(request: PersonRequest) -> HttpResponseBase:
    """My questions."""
    page = ListPage(
        request,
        queries.mine(request.user),
        name=_("Questions"),
        columns=(
            Column(_("Question"), "title", link=asker_path),
            Column(_("Municipality"), lambda case: case.municipality.label),
            Column(_("State"), lambda case: str(case.get_state_display())),
            Column(_("Answer no later than"), lambda case: case.due if case.answered is None else None),
            Column(_("Latest"), "latest"),
        ),
        sorts=(Sort("seneste", _("Latest first"), ("-latest",)), Sort("aeldste", _("Oldest first"), ("created",))),
        filters=(choice_filter("tilstand", _("State"), "state", CaseState.choices[1:]),),
        search=("title",),
    )
    return page.respond("entrance/mine.html", {"trail": _mine_trail()})


def mine_one(request: PersonRequest, pk: int) -> HttpResponse:
    """One of my questions. A POST writes a message."""
    case = _mine(request, pk)
    if case.merged_into_id:
        return redirect(asker_path(case.merged_into))  # type: ignore[arg-type]
    form = MessageForm(*sent(request))
    if form.is_valid() and attempt(
        form, lambda: actions.write_as_asker(request.user, case, **form.cleaned_data), at="uploads"
    ):
        return redirect(asker_path(case))
    context = {**asker_context(case, request.user), "form": form, "trail": _mine_trail((case.title, ""))}
    return render(request, "entrance/mine_one.html", {**context, "acts": _acts("mine", case.pk)})


@require_POST
def mine_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Say that one needs no more, that something is missing, or whether one was helped."""
    case = _mine(request, pk)
    _take_step(request, request.user, case, step)
    return redirect(asker_path(case))


def _take_step(request: HttpRequest, actor: "rules.Actor", case: Case, step: str) -> None:
    if step == "luk":
        actions.close_as_asker(actor, case)
        messages.success(request, _("The question is closed. You can open it again."))
    elif step == "aabn":
        form = ReopenForm(request.POST)
        if form.is_valid():
            actions.reopen(actor, case, form.cleaned_data["text"])
        else:
            messages.error(request, _("Write what is missing, so that the municipality can help."))
    elif step == "svar":
        rating = RatingForm(request.POST)
        if rating.is_valid():
            actions.rate(actor, case, RatingAnswer(rating.cleaned_data["answer"]), rating.cleaned_data["words"])
            messages.success(request, _("Thank you. It helps the municipality to answer better."))
        else:
            messages.error(request, _("Choose yes, partly or no."))
    else:
        raise Http404


def _mine(request: PersonRequest, pk: int) -> Case:
    case = require_found(queries.case_with(pk), rules.NOT_YOURS)
    if not rules.is_asker(request.user, case):
        raise Refused(rules.NOT_YOURS)
    return case


@login_not_required
@in_municipality
def letter(request: MunicipalRequest, letter: str) -> HttpResponse:
    """The guest's page of her question. A POST writes a message."""
    case, actor = _by_letter(request, letter)
    if case.merged_into_id and case.merged_into:
        return redirect(guest_path(case.merged_into))
    form = MessageForm(*sent(request))
    if form.is_valid() and attempt(
        form, lambda: actions.write_as_asker(actor, case, **form.cleaned_data), at="uploads"
    ):
        return redirect(guest_path(case))
    context = {**asker_context(case, actor), "form": form, "trail": _trail(request, case.title)}
    acts = _acts("letter", case.municipality.slug, letter)
    said = [_with_files(each, case, letter) for each in context["said"]]
    return render(request, "entrance/letter.html", {**context, "said": said, "acts": acts})


def _with_files(said: queries.Said, case: Case, letter: str) -> dict[str, Any]:
    """A message whose files are opened with the letter."""
    files = [
        {
            "name": stored.name,
            "size": stored.size,
            "url": reverse("entrance:letter-file", args=[case.municipality.slug, letter, stored.pk]),
        }
        for stored in said.files
    ]
    return {"message": said.message, "is_note": said.is_note, "files": files}


@login_not_required
@require_POST
@in_municipality
def letter_step(request: MunicipalRequest, letter: str, step: str) -> HttpResponse:
    """Confirm the question, or what else the asker does."""
    case, actor = _by_letter(request, letter)
    if step == "bekraeft":
        actions.confirm(actor, case)
        messages.success(request, _("Your question is sent. We write to you when it is answered."))
    else:
        _take_step(request, actor, case, step)
    return redirect(guest_path(case))


@login_not_required
@require_safe
@in_municipality
def letter_file(request: MunicipalRequest, letter: str, pk: int) -> HttpResponseBase:
    """A file in the guest's question."""
    case, _actor = _by_letter(request, letter)
    messages_seen = CaseMessage.objects.filter(case=case).exclude(side=MessageSide.INTERNAL).order_by("pk")
    found = [stored for message in messages_seen for stored in files_of(message) if stored.pk == pk]
    if not found:
        raise Http404
    return file_response(request, found[0])


def _by_letter(request: MunicipalRequest, letter: str) -> tuple[Case, rules.Letter]:
    """The case of a letter; to those whose letter is not ours, there is none."""
    key = key_in(letter)
    if key is None:
        raise Http404
    show_letter(str(key))
    rows = Case.objects.select_related(*queries.WHOLE)
    case = rows.filter(key=key, asker=None, municipality=request.municipality).first()
    if case is None:
        raise Http404
    return case, rules.Letter(key)


def _acts(name: str, *args: Any) -> dict[str, str]:
    """The addresses of what the asker can do."""
    return {
        step: reverse(f"entrance:{name}-step", args=[*args, word])
        for step, word in (("confirm", "bekraeft"), ("close", "luk"), ("reopen", "aabn"), ("rate", "svar"))
    }


def _trail(request: MunicipalRequest, title: str) -> list[tuple[str, str]]:
    here = request.municipality
    return [(here.label, f"/{here.slug}/"), (title, "")]


def _mine_trail(*places: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("My overview"), "/min/overblik/"), (_("Questions"), reverse("entrance:mine")), *places]
