"""The applicant's own pages: what it is heard about, what is decided, and its complaint."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.assessment.views.common import SignedRequest
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import require

from ..models import Outcome
from ..notices import path_of
from . import complaints, hearings, queries, rules
from .forms import TextForm
from .notices import hearing_path, own_path


@require_safe
def own(request: SignedRequest, pk: int) -> HttpResponse:
    """What has been decided for us, with the letter and how to complain."""
    found = queries.own_decision(request.user, pk)
    context = {
        "decision": found,
        "application": found.application,
        "status": "neutral" if found.outcome == Outcome.REFUSED else "good",
        "complaints": list(queries.complaints_of(found)),
        "until": rules.complain_until(found),
        "grant": path_of(found.grant) if hasattr(found, "grant") else "",
        "may_complain": bool(rules.may_complain(request.user, found)),
        "trail": [(_("My overview"), "/min/overblik/"), (str(found.application), "")],
    }
    return render(request, "grants/own_decision.html", context)


def complain(request: SignedRequest, pk: int) -> HttpResponse:
    """Complain of a decision."""
    found = queries.own_decision(request.user, pk)
    require(rules.may_complain(request.user, found))
    form = TextForm(*sent(request), label=_("What is wrong with the decision?"))
    return form_page(
        request,
        form,
        lambda: complaints.complain(request.user, found, form.cleaned_data["text"]),
        title=_("Complain of the decision"),
        lead=_("Somebody who had no part in the decision answers you, in writing and with reasons."),
        submit=_("Send the complaint"),
        back=own_path(found),
        done=_("Your complaint is sent."),
        trail=[(_("My overview"), "/min/overblik/"), (str(found.application), own_path(found))],
    )


@require_POST
def withdraw(request: SignedRequest, pk: int, complaint: int) -> HttpResponse:
    """Let the complaint be."""
    found = queries.own_decision(request.user, pk)
    one = get_object_or_404(queries.complaints_of(found), pk=complaint)
    complaints.withdraw(request.user, one)
    return redirect(own_path(found))


def hearing(request: SignedRequest, pk: int) -> HttpResponse:
    """What a decision will rest on, and our answer to it."""
    found = queries.own_hearing(request.user, pk)
    may = rules.may_answer_hearing(request.user, found)
    form = TextForm(*sent(request), label=_("What you say to it"))
    if request.method == "POST":
        require(may)
        if form.is_valid() and attempt(form, lambda: hearings.answer(request.user, found, form.cleaned_data["text"])):
            return redirect(hearing_path(found))
    context = {
        "hearing": found,
        "application": found.application,
        "may_answer": bool(may),
        "form": form,
        "trail": [(_("My overview"), "/min/overblik/"), (str(found.application), "")],
    }
    return render(request, "grants/hearing.html", context, status=422 if form.errors else 200)
