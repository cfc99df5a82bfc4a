"""The municipality's pages of a case."""

from collections.abc import Callable
from typing import Any, cast

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.rules import Refused, require, require_found
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import CloseForm, FinishTaskForm, MergeForm, ReopenForm, ReplyForm, RouteForm, TaskForm
from ..models import OVER_STATES, Case, CaseState, CaseTask, CaseTopic, Outcome, Rating
from ..notices import case_path
from ..states import CASE_STATES
from .common import STATUS, who_has_it

REPLIES = {ReplyForm.ANSWER: actions.answer, ReplyForm.ASK_BACK: actions.ask_back, ReplyForm.NOTE: actions.note}


@in_municipality
def case(request: MunicipalRequest, pk: int) -> HttpResponse:
    """One case: what was asked, what was said, who has it, and what can be done next. A POST writes."""
    found = _case(request, pk)
    form = ReplyForm(*sent(request)) if request.method == "POST" else ReplyForm(initial=_saved(request, found))
    if form.is_valid():
        kind, values = form.cleaned_data.pop("kind"), form.cleaned_data
        if attempt(form, lambda: REPLIES[kind](_me(request), found, **values), at="uploads"):
            return redirect(case_path(found))
    return render(request, "entrance/case.html", _page(request, found, form))


def _saved(request: MunicipalRequest, found: Case) -> dict[str, str]:
    """The saved answer that was chosen (`svar`), to be changed before it is sent."""
    key = key_in(request.GET.get("svar", ""))
    answer = None if key is None else queries.answers_for(found).filter(pk=key).first()
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
    form = RouteForm(*sent(request), case=found, initial=_initial(request, found))
    return _form_page(
        request,
        found,
        form,
        lambda: actions.route(_me(request), found, **form.cleaned_data),
        title=_("Choose a department") if queries.is_unrouted(found) else _("Hand over"),
        submit=_("Send"),
        done=_("It is sent on, and the asker is told who has it."),
    )


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
    form = TaskForm(*sent(request), case=found)
    return _form_page(
        request,
        found,
        form,
        lambda: actions.give_task(_me(request), found, **form.cleaned_data),
        title=_("Ask another department"),
        submit=_("Send"),
        done=_("The department is told, and can now read the question."),
    )


@in_municipality
def finish_task(request: MunicipalRequest, pk: int, task: int) -> HttpResponse:
    """Say what came of a department's part."""
    found = _case(request, pk)
    part = get_object_or_404(CaseTask.objects.select_related("department"), pk=task, case=found)
    require(rules.may_finish_task(_me(request), _with_case(part, found)))
    form = FinishTaskForm(*sent(request))
    return _form_page(
        request,
        found,
        form,
        lambda: actions.finish_task(_me(request), part, **form.cleaned_data),
        title=_("What came of it?"),
        lead=part.what,
        submit=_("Done"),
        done=_("Your department's part is done."),
    )


@in_municipality
def merge(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Put it together with another question of the same asker."""
    found = _case(request, pk)
    require(rules.may_merge(_me(request), found))
    form = MergeForm(*sent(request), case=found)
    return _form_page(
        request,
        found,
        form,
        lambda: actions.merge(_me(request), found, form.cleaned_data["other"]),
        title=_("Put together with another question"),
        submit=_("Put together"),
        done=_("The questions are put together. You can undo it on the page of the first."),
        onwards=lambda _merged: case_path(form.cleaned_data["other"]),
    )


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
    form = CloseForm(*sent(request))
    return _form_page(
        request,
        found,
        form,
        lambda: actions.close(_me(request), found, Outcome(form.cleaned_data["outcome"]), form.cleaned_data["text"]),
        title=_("Close the question"),
        submit=_("Close the question"),
        done=_("The question is closed, and the asker is told."),
    )


@in_municipality
def reopen(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Open it again."""
    found = _case(request, pk)
    require(rules.may_reopen(_me(request), found))
    form = ReopenForm(*sent(request))
    return _form_page(
        request,
        found,
        form,
        lambda: actions.reopen(_me(request), found, form.cleaned_data["text"]),
        title=_("Open the question again"),
        submit=_("Open again"),
        done=_("The question is open again."),
    )


def _form_page(
    request: MunicipalRequest, found: Case, form: Form, action: Callable[[], Any], *, lead: str = "", **about: Any
) -> HttpResponse:
    """A page with one form about a case, from which it leads back there."""
    path = case_path(found)
    return form_page(
        request,
        form,
        action,
        lead=lead or found.title,
        back=path,
        trail=_trail(request, (found.title, path)),
        **about,
    )


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
