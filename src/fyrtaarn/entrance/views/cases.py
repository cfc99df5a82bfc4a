"""The municipality's pages of a case."""

from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.rules import Refused, require, require_found
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import CloseForm, FinishTaskForm, MergeForm, ReopenForm, ReplyForm, RouteForm, TaskForm
from ..models import OVER_STATES, Case, CaseState, CaseTask, CaseTopic, Outcome, Rating
from ..notices import case_path
from ..states import CASE_STATES
from .common import STATUS, attempt, sent, who_has_it

REPLIES = {ReplyForm.ANSWER: actions.answer, ReplyForm.ASK_BACK: actions.ask_back, ReplyForm.NOTE: actions.note}


@in_municipality
def case(request: MunicipalRequest, pk: int) -> HttpResponse:
    """One case: what was asked, what was said, who has it, and what can be done next. A POST writes."""
    found = _case(request, pk)
    form = ReplyForm(*sent(request)) if request.method == "POST" else ReplyForm(initial=_saved(request, found))
    if form.is_valid():
        kind, values = form.cleaned_data.pop("kind"), form.cleaned_data
        if attempt(form, lambda: REPLIES[kind](_me(request), found, **values)):
            return redirect(case_path(found))
    return render(request, "entrance/case.html", _page(request, found, form))


def _saved(request: MunicipalRequest, found: Case) -> dict[str, str]:
    """The saved answer that was chosen (`svar`), to be changed before it is sent."""
    chosen = request.GET.get("svar", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) <= 18):
        return {}
    answer = queries.answers_for(found).filter(pk=int(chosen)).first()
    return {"text": answer.text} if answer else {}


def _page(request: MunicipalRequest, found: Case, form: ReplyForm) -> dict[str, Any]:
    me = _me(request)
    unrouted = queries.is_unrouted(found)
    tasks = list(queries.tasks_in(found))
    return {
        "case": found,
        "status": STATUS[CaseState(found.state)],
        "said": queries.said_in(found, notes=True),
        "steps": _steps(found),
        "tasks": [(task, bool(rules.may_finish_task(me, _with_case(task, found)))) for task in tasks],
        "who_has_it": who_has_it(found),
        "suggestions": _suggested(found) if unrouted else [],
        "form": form,
        "may_handle": rules.may_handle(me, found),
        "may_take": found.holder_id != me.pk and bool(rules.may_handle(me, found)),
        "can_merge": found.state not in OVER_STATES and queries.mergeable_with(found).exists(),
        "is_over": found.state in OVER_STATES,
        "rating": Rating.objects.filter(case=found).first(),
        "is_unrouted": unrouted,
        "answers": [] if unrouted else list(queries.answers_for(found)),
        "trail": _trail(request, (found.title, "")),
    }


def _with_case(task: CaseTask, found: Case) -> CaseTask:
    task.case = found
    return task


def _suggested(found: Case) -> list[dict[str, Any]]:
    """The engine's proposals with their topics as they are now."""
    topics = CaseTopic.objects.select_related("department").in_bulk([one["topic"] for one in found.suggestions])
    return [
        {"topic": topics[one["topic"]], "share": one["share"], "words": one["words"]}
        for one in found.suggestions
        if one["topic"] in topics
    ]


STEP_LABELS = {name: transition.label for name, transition in CASE_STATES.transitions.items()}


def _steps(found: Case) -> list[dict[str, Any]]:
    """The log in words."""
    more = {
        "ask": _("Asked"),
        "task": _("Another department was asked for its part"),
        "task_done": _("A department has done its part"),
        "escalate": _("Late: the deputy or the lead was told"),
        "unmerge": _("Taken out again"),
        "grow": _("Something has grown of it"),
        "unreached": _("A mail to the asker came back"),
    }
    outcomes = dict(Outcome.choices)
    return [
        {
            "label": more.get(step.name) or STEP_LABELS[step.name],
            "by": step.by,
            "at": step.at,
            "reason": outcomes.get(step.reason, step.reason),
        }
        for step in queries.steps_in(found)
    ]


@in_municipality
def send(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Send a question to a department, or hand it over."""
    found = _case(request, pk)
    require(rules.may_route(_me(request), found))
    form = RouteForm(request.POST or None, case=found, initial=_initial(request, found))
    if form.is_valid() and attempt(form, lambda: actions.route(_me(request), found, **form.cleaned_data)):
        messages.success(request, _("It is sent on, and the asker is told who has it."))
        return redirect(case_path(found))
    title = _("Choose a department") if queries.is_unrouted(found) else _("Hand over")
    return _form_page(request, found, form, title, _("Send"))


def _initial(request: MunicipalRequest, found: Case) -> dict[str, Any]:
    """The proposal that was chosen (`emne`), else what the case has."""
    chosen = request.GET.get("emne", "")
    topics = {str(topic.pk): topic for topic in queries.topics_of(found.municipality)} if chosen else {}
    topic = topics.get(chosen, found.topic)
    return {"topic": topic, "department": topic.department_id if topic and chosen else found.department_id}


@require_POST
@in_municipality
def take(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Take it up."""
    found = _case(request, pk)
    actions.take(_me(request), found)
    return redirect(case_path(found))


@in_municipality
def give_task(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Ask another department for its part."""
    found = _case(request, pk)
    require(rules.may_handle(_me(request), found))
    form = TaskForm(request.POST or None, case=found)
    if form.is_valid() and attempt(form, lambda: actions.give_task(_me(request), found, **form.cleaned_data)):
        messages.success(request, _("The department is told, and can now read the question."))
        return redirect(case_path(found))
    return _form_page(request, found, form, _("Ask another department"), _("Send"))


@in_municipality
def finish_task(request: MunicipalRequest, pk: int, task: int) -> HttpResponse:
    """Say what came of a department's part."""
    found = _case(request, pk)
    part = get_object_or_404(CaseTask.objects.select_related("department"), pk=task, case=found)
    require(rules.may_finish_task(_me(request), _with_case(part, found)))
    form = FinishTaskForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: actions.finish_task(_me(request), part, **form.cleaned_data)):
        return redirect(case_path(found))
    return _form_page(request, found, form, _("What came of it?"), _("Done"), lead=part.what)


@in_municipality
def merge(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Put it together with another question of the same asker."""
    found = _case(request, pk)
    require(rules.may_merge(_me(request), found))
    form = MergeForm(request.POST or None, case=found)
    if form.is_valid() and attempt(form, lambda: actions.merge(_me(request), found, form.cleaned_data["other"])):
        messages.success(request, _("The questions are put together. You can undo it on the page of the first."))
        return redirect(case_path(form.cleaned_data["other"]))
    return _form_page(request, found, form, _("Put together with another question"), _("Put together"))


@require_POST
@in_municipality
def unmerge(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Take it out again."""
    found = _case(request, pk)
    actions.unmerge(_me(request), found)
    return redirect(case_path(found))


@in_municipality
def close(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Close it with what came of it."""
    found = _case(request, pk)
    require(rules.may_close(_me(request), found))
    form = CloseForm(request.POST or None)
    if form.is_valid():
        outcome, text = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["text"]
        if attempt(form, lambda: actions.close(_me(request), found, outcome, text)):
            messages.success(request, _("The question is closed, and the asker is told."))
            return redirect(case_path(found))
    return _form_page(request, found, form, _("Close the question"), _("Close the question"))


@in_municipality
def reopen(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Open it again."""
    found = _case(request, pk)
    require(rules.may_reopen(_me(request), found))
    form = ReopenForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: actions.reopen(_me(request), found, form.cleaned_data["text"])):
        return redirect(case_path(found))
    return _form_page(request, found, form, _("Open the question again"), _("Open again"))


def _form_page(
    request: MunicipalRequest, found: Case, form: Form, title: str, submit: str, lead: str = ""
) -> HttpResponse:
    context = {
        "case": found,
        "form": form,
        "title": title,
        "lead": lead or found.title,
        "submit": submit,
        "back": case_path(found),
        "trail": _trail(request, (found.title, case_path(found)), (title, "")),
    }
    return render(request, "entrance/form.html", context)


def _case(request: MunicipalRequest, pk: int) -> Case:
    """The case for those who handle it; the asker has a page of her own."""
    found = require_found(queries.case_with(pk), rules.NOT_YOURS)
    if found.municipality_id != request.municipality.pk or not rules.handles(request.user, found):
        raise Refused(rules.NOT_YOURS)
    return found


def _me(request: MunicipalRequest) -> User:
    return cast(User, request.user)


def _trail(request: MunicipalRequest, *places: tuple[str, str]) -> list[tuple[str, str]]:
    here = request.municipality
    board = (_("Questions"), reverse("entrance:board", args=[here.slug]))
    return [(here.label, f"/{here.slug}/"), board, *places]
