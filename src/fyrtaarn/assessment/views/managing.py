"""For those who look after the pool: who assesses what, and one application with its assessments side by side."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import allowed_if, require
from fyrtaarn.pools.rules import is_fund_manager

from .. import actions, onwards, queries, rules
from ..choosing import choosing
from ..forms import AssignForm, DueForm, RemarkForm, WhyForm
from ..models import Assignment, AssignmentState
from ..notices import application_path
from ..spreading import spread as spread_over
from .common import STATUS, PersonRequest, compared, told_by, trail_to, trail_to_application, why_chosen


@in_municipality
@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """One application: who assesses it, and what they say where it is opened."""
    found = queries.application_in(request.municipality, pk)
    require(rules.may_judge(request.user, found))
    opened = rules.is_opened(found)
    may_release = bool(rules.may_manage(request.user, found))
    context = {
        **told_by(found),
        "assignments": [
            {
                "assignment": one,
                "status": STATUS[AssignmentState(one.state)],
                "why": why_chosen(one),
                "late": rules.is_late(one),
                "may_release": may_release and one.state in rules.OPEN_STATES,
            }
            for one in queries.assignments_on(found)
        ],
        "opened": opened,
        "closed": queries.closing_of(found),
        "may_assign": bool(rules.may_assign(request.user, found)),
        "may_discuss": bool(rules.may_discuss(request.user, found)),
        "may_close": bool(rules.may_close(request.user, found)),
        "onwards": onwards.of(request.user, found),
        "trail": [*trail_to_application(request, found)[:-1], (str(found), "")],
        **compared(request.user, found),
    }
    return render(request, "assessment/application.html", context)


@in_municipality
def assign(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask one person to assess it."""
    found = queries.application_in(request.municipality, pk)
    require(rules.may_assign(request.user, found))
    known = choosing(found.call.pool, [found])
    bars = known.bars[found.pk]
    form = AssignForm(*sent(request), people=[one for key, one in known.people.items() if key not in bars])
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, lambda: actions.assign(request.user, found, **form.cleaned_data)):
        messages.success(request, _("She is asked whether anything stands in her way."))
        return redirect(application_path(found))
    context = {
        "application": found,
        "form": form,
        "barred": [(known.people[key], why) for key, why in bars.items()],
        "trail": [*trail_to_application(request, found), (_("Choose an assessor"), "")],
    }
    return render(request, "assessment/assign.html", context, status=422 if form.errors else 200)


@in_municipality
def spread(request: PersonRequest, pk: int) -> HttpResponse:
    """See whom the rules would choose for the applications that lack assessors, and ask them."""
    call = queries.one_call(request.municipality, pk)
    require(allowed_if(is_fund_manager(request.user, request.municipality), rules.ONLY_MANAGERS))
    waiting = list(queries.applications_to_spread(request.user, call))
    form = DueForm(*sent(request))
    board = reverse("assessment:board", args=[request.municipality.slug, call.pk])
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.spread_call(request.user, call, due=form.cleaned_data["due"]))
        if done is not None:
            many = len(done)
            words = ngettext("%(count)s assessment is asked for.", "%(count)s assessments are asked for.", many)
            messages.success(request, words % {"count": many})
            return redirect(board)
    known = choosing(call.pool, waiting)
    plan = spread_over(known.tasks, known.candidates)
    by_key = {one.pk: one for one in waiting}
    context = {
        "call": call,
        "form": form,
        "chosen": [
            (by_key[one.task], known.people[one.candidate], why_chosen(Assignment(load=one.load, shared=one.shared)))
            for one in plan.chosen
        ],
        "lacking": [
            (by_key[key], many, [(known.people[person], why) for person, why in known.bars[key].items()])
            for key, many in plan.lacking.items()
        ],
        "back": board,
        "trail": trail_to(request, (call.label, board), (_("Spread the applications"), "")),
    }
    return render(request, "assessment/spread.html", context, status=422 if form.errors else 200)


@in_municipality
def release(request: PersonRequest, pk: int, assignment: int) -> HttpResponse:
    """Let an assessor off who has not finished."""
    found = queries.application_in(request.municipality, pk)
    require(rules.may_manage(request.user, found))
    one = get_object_or_404(queries.assignments_on(found), pk=assignment)
    form = WhyForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.release(request.user, one, form.cleaned_data["why"]),
        title=_("Let %(name)s off") % {"name": one.assessor},
        submit=_("Let off"),
        back=application_path(found),
        done=_("It is told."),
        trail=trail_to_application(request, found),
    )


@in_municipality
def remark(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something to those who assess it."""
    found = queries.application_in(request.municipality, pk)
    require(rules.may_discuss(request.user, found))
    form = RemarkForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.remark(request.user, found, form.cleaned_data["text"]),
        title=_("Write to the others"),
        submit=_("Send"),
        back=application_path(found),
        done=_("The others can read it."),
        trail=trail_to_application(request, found),
    )


@require_POST
@in_municipality
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """End the assessment of an application."""
    found = queries.application_in(request.municipality, pk)
    actions.close_discussion(request.user, found)
    messages.success(request, _("The assessment is closed."))
    return redirect(application_path(found))
