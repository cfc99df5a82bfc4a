"""Where the departments write answers for everybody."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.rules import Refused, require, require_found
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import KnownForm, PublicAnswerForm
from ..models import Case, MessageSide, PublicAnswer
from ..notices import case_path


def answer_path(answer: PublicAnswer) -> str:
    """Where the answer is read."""
    return reverse("entrance:public-answer", args=[answer.department.municipality.slug, answer.pk, answer.slug])


@in_municipality
def new(request: MunicipalRequest, department: int) -> HttpResponse:
    """Write an answer for everybody, perhaps from a question that came in (`sag`)."""
    place = get_object_or_404(Department, pk=department, municipality=request.municipality)
    require(rules.may_write_answers(request.user, place))
    me, case = _me(request), _grown_from(request)
    answer = PublicAnswer(department=place, written_by=me)
    form = PublicAnswerForm(*sent(request), instance=answer, initial=_words_of(case) if case else {})
    return form_page(
        request,
        form,
        lambda: actions.save_public_answer(me, answer, form.values, case=case),
        title=_("Answer for everybody"),
        lead=_("You publish it afterwards, when you have read it through."),
        back=case_path(case) if case else _settings(request),
        onwards=answer_path,
        done=_("The answer is kept. Nobody else can read it before you publish it."),
        trail=_trail(request),
    )


def _grown_from(request: MunicipalRequest) -> Case | None:
    key = key_in(request.GET.get("sag", ""))
    case = queries.case_with(key) if key is not None else None
    here = case is not None and case.municipality_id == request.municipality.pk and rules.handles(request.user, case)
    return case if here else None


def _words_of(case: Case) -> dict[str, object]:
    """The asker's question and the municipality's last answer, to be made general."""
    answered = case.messages.filter(side=MessageSide.MUNICIPALITY).order_by("created", "pk").last()
    return {"question_da": case.title, "answer_da": answered.text if answered else "", "topic": case.topic_id}


@in_municipality
def change(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Change an answer for everybody."""
    answer, me = _answer(request, pk), _me(request)
    form = PublicAnswerForm(*sent(request), instance=answer)
    return form_page(
        request,
        form,
        lambda: actions.save_public_answer(me, answer, form.values, form.cleaned_data["version"] or 0),
        title=_("Answer for everybody"),
        back=answer_path(answer),
        done=_("Saved."),
        trail=_trail(request),
        stored=lambda current: PublicAnswerForm(instance=current),
    )


@require_POST
@in_municipality
def publish(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Let everybody read it."""
    answer = actions.publish(_me(request), _answer(request, pk))
    messages.success(request, _("Everybody can read the answer now."))
    return redirect(answer_path(answer))


@require_POST
@in_municipality
def withdraw(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Let nobody but the department read it."""
    answer = actions.withdraw(_me(request), _answer(request, pk))
    messages.success(request, _("The answer is withdrawn. You can change it and publish it again."))
    return redirect(answer_path(answer))


@in_municipality
def known(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Say which of the public answers a question asks for, or write a new one from it."""
    me, case = _me(request), require_found(queries.case_with(pk), rules.NOT_YOURS)
    if case.municipality_id != request.municipality.pk or not rules.handles(me, case):
        raise Refused(rules.NOT_YOURS)
    form = KnownForm(*sent(request), case=case, user=me)
    return form_page(
        request,
        form,
        lambda: actions.link_known(me, case, form.cleaned_data["answer"]),
        title=_("Do many ask this?"),
        lead=case.title,
        back=case_path(case),
        done=_("Noted. What is asked most stands first."),
        trail=[*_trail(request)[:2], (case.title, case_path(case))],
    )


def _answer(request: MunicipalRequest, pk: int) -> PublicAnswer:
    rows = PublicAnswer.objects.select_related("department__municipality")
    found = get_object_or_404(rows, pk=pk, department__municipality=request.municipality)
    require(rules.may_write_answers(request.user, found.department))
    return found


def _me(request: MunicipalRequest) -> User:
    return cast(User, request.user)


def _settings(request: MunicipalRequest) -> str:
    return reverse("entrance:settings", args=[request.municipality.slug])


def _trail(request: MunicipalRequest) -> list[tuple[str, str]]:
    here = request.municipality
    board = (_("Questions"), reverse("entrance:board", args=[here.slug]))
    return [(here.label, f"/{here.slug}/"), board, (_("Who answers what"), _settings(request))]
