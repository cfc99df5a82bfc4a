"""An assessor's own pages: what she is asked, whether she can, her scores, and what the others say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import allowed_if, require

from .. import actions, queries, rules
from ..forms import ConflictForm, RemarkForm, ScoreForm, WhyForm, initial_of
from ..models import Assignment, AssignmentState
from ..notices import assignment_path
from .common import STATUS, SignedRequest, compared, told_by, trail_to_mine

NOTHING_LEFT = (AssignmentState.CONFLICT, AssignmentState.RELEASED)


@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    """All that I am or was asked to assess, what waits first."""
    rows = [
        {
            "assignment": one,
            "told": told,
            "status": STATUS[AssignmentState(one.state)],
            "late": rules.is_late(one),
            "waits": one.state in rules.OPEN_STATES and told.is_open,
        }
        for one, told in queries.assignments_of(request.user)
    ]
    waits = [row for row in rows if row["waits"]]
    over = [row for row in rows if not row["waits"]]
    context = {"waits": waits, "over": over, "trail": [(_("My overview"), "/min/overblik/"), (_("My assessments"), "")]}
    return render(request, "assessment/mine.html", context)


def assignment(request: SignedRequest, pk: int) -> HttpResponse:
    """One assessment: the question whether I can, then the application with my scores, then what the others say."""
    found = queries.own_assignment(request.user, pk)
    told = queries.told_of(found)
    context = {
        "assignment": found,
        "told": told,
        "status": STATUS[AssignmentState(found.state)],
        "late": rules.is_late(found),
        "trail": trail_to_mine((told.title, "")),
    }
    if found.state == AssignmentState.ASKED or found.state in NOTHING_LEFT:
        return render(request, "assessment/asked.html", context)
    application = queries.own_application(found)
    found = next(one for one in application.assignments.all() if one.pk == pk)  # with her scores
    context |= told_by(application)
    may_change = bool(rules.may_score(request.user, found))
    if found.state == AssignmentState.READING and may_change:
        return _score(request, found, context)
    context |= compared(rules.sight_of(request.user, application), application) | {"may_change": may_change}
    return render(request, "assessment/done.html", context)


def _score(request: SignedRequest, found: Assignment, context: dict[str, object]) -> HttpResponse:
    form = ScoreForm(*sent(request), criteria=actions.criteria_of(found.application), initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        finishing = request.POST.get("go") == "finish"
        act = actions.finish if finishing else actions.save_scores
        if attempt(form, lambda: act(request.user, found, form.given, form.cleaned_data["opinion"])):
            words = _("You are done. Now you can read what the others say.") if finishing else _("It is saved.")
            messages.success(request, words)
            return redirect(assignment_path(found))
    context["form"] = form
    return render(request, "assessment/score.html", context, status=422 if form.errors else 200)


@require_POST
def clear(request: SignedRequest, pk: int) -> HttpResponse:
    """Declare that nothing stands in the way."""
    found = queries.own_assignment(request.user, pk)
    actions.clear(request.user, found)
    return redirect(assignment_path(found))


def conflict(request: SignedRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest."""
    found = queries.own_assignment(request.user, pk)
    form = ConflictForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.declare_conflict(request.user, found, form.cleaned_data["what"]),
        title=_("I have a conflict of interest"),
        lead=_("Somebody else is then asked instead of you. What you have scored counts no more."),
        submit=_("Tell it"),
        back=assignment_path(found),
        done=_("Thank you for telling. Somebody else is asked."),
        trail=trail_to_mine((queries.told_of(found).title, assignment_path(found))),
    )


def reopen(request: SignedRequest, pk: int) -> HttpResponse:
    """Take my own scores up again."""
    found = queries.own_assignment(request.user, pk)
    form = WhyForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.reopen(request.user, found, form.cleaned_data["why"]),
        title=_("Change your scores"),
        lead=_(
            "You do not see what the others say until you are done again. It is noted that you changed your scores."
        ),
        submit=_("Change your scores"),
        back=assignment_path(found),
        done=_("You can change your scores now."),
        trail=trail_to_mine((queries.told_of(found).title, assignment_path(found))),
    )


def remark(request: SignedRequest, pk: int) -> HttpResponse:
    """Say something to the others."""
    found = queries.own_assignment(request.user, pk)
    require(
        allowed_if(found.state == AssignmentState.DONE, _("You can write to the others when you are done yourself."))
    )
    form = RemarkForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.remark(request.user, queries.own_application(found), form.cleaned_data["text"]),
        title=_("Write to the others"),
        submit=_("Send"),
        back=assignment_path(found),
        done=_("The others can read it."),
        trail=trail_to_mine((queries.told_of(found).title, assignment_path(found))),
    )
