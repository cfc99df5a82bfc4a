"""For those who look after the pool: who assesses what, and one application with its assessments side by side."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import allowed_if, require

from .. import actions, onwards, queries, rules
from ..choosing import choosing, spreading
from ..forms import AssignForm, DueForm, RemarkForm, WhyForm
from ..models import Assignment, AssignmentState
from ..notices import application_path
from .common import STATUS, PersonRequest, compared, told_by, trail_to, trail_to_application, why_chosen


@in_municipality
@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """One application: who assesses it, and what they say where it is opened."""
    found = queries.application_in(request.municipality, pk)
    sight = rules.sight_of(request.user, found)
    require(allowed_if(sight.judges, rules.ONLY_JUDGES))
    context = {
        **told_by(found),
        "assignments": [
            {
                "assignment": one,
                "status": STATUS[AssignmentState(one.state)],
                "why": why_chosen(one),
                "late": rules.is_late(one),
                "may_release": sight.runs and one.state in rules.OPEN_STATES,
            }
            for one in found.assignments.all()
        ],
        "opened": sight.opened,
        "closed": getattr(found, "closed_discussion", None),
        "may_assign": bool(rules.may_assign(request.user, found)),
        "may_discuss": bool(rules.may_discuss(request.user, found)),
        "onwards": onwards.of(request.user, found),
        "trail": [*trail_to_application(request, found)[:-1], (str(found), "")],
        **compared(sight, found),
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
        "barred": [(person, bars[key]) for key, person in known.people.items() if key in bars],
        "trail": [*trail_to_application(request, found), (_("Choose an assessor"), "")],
    }
    return render(request, "assessment/assign.html", context, status=422 if form.errors else 200)


@in_municipality
def spread(request: PersonRequest, pk: int) -> HttpResponse:
    """See whom the rules would choose for the applications that lack assessors, and ask them."""
    call = queries.one_call(request.municipality, pk)
    require(rules.may_spread(request.user, call))
    form = DueForm(*sent(request))
    board = reverse("assessment:board", args=[request.municipality.slug, call.pk])
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.spread_call(request.user, call, due=form.cleaned_data["due"]))
        if done is not None:
            many = len(done)
            words = ngettext("%(count)s assessment is asked for.", "%(count)s assessments are asked for.", many)
            messages.success(request, words % {"count": many})
            return redirect(board)
    waiting = list(queries.applications_to_spread(request.user, call))
    known = choosing(call.pool, waiting)
    plan = spreading(call.pool, waiting, known)
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
    one = get_object_or_404(found.assignments.select_related("assessor"), pk=assignment)
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


@in_municipality
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """End the assessment of an application."""
    found = queries.application_in(request.municipality, pk)
    require(rules.may_assign(request.user, found))
    form = Form(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.close_discussion(request.user, found),
        title=_("Close the assessment"),
        lead=_("Scores and discussion then stay as they are. It cannot be undone."),
        submit=_("Close the assessment"),
        back=application_path(found),
        done=_("The assessment is closed."),
        trail=trail_to_application(request, found),
    )
