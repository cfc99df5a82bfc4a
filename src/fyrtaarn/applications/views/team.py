"""The pages of those who apply."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import Refused, require

from .. import actions, queries, rules
from ..actions.sending import Incomplete
from ..forms import AnswerForm, FilesForm
from ..models import ApplicantQuestion, ApplicationState
from .common import PersonRequest, application_to_write, mine_trail, own_application
from .wizard import check_page

STATUS = {
    ApplicationState.DRAFT: "neutral",
    ApplicationState.SENT: "info",
    ApplicationState.RETURNED: "warn",
    ApplicationState.GRANTED: "good",
    ApplicationState.REFUSED: "bad",
    ApplicationState.WITHDRAWN: "neutral",
}


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The applications of my organisations, and the calls in which one can apply now."""
    rows = [(one, STATUS[ApplicationState(one.state)]) for one in queries.applications_of(request.user)]
    context = {"rows": rows, "calls": list(queries.open_calls()[:12]), "trail": mine_trail()}
    return render(request, "applications/mine.html", context)


@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """The application as it reads, and what can be done with it now."""
    found = own_application(request, pk)
    user = request.user
    questions = list(queries.questions_of(found))
    state = found.state
    context = {
        "application": found,
        "whole": queries.whole(found, user),
        "files": list(files_of(found)),
        "status": STATUS[ApplicationState(state)],
        "questions": [
            (one, one.answered is None and not one.mend and bool(rules.may_answer(user, found))) for one in questions
        ],
        "to_mend": next((one for one in questions if one.mend and one.answered is None), None),
        "may_change": bool(rules.may_change(user, found)),
        "may_withdraw": state in (ApplicationState.DRAFT, ApplicationState.SENT, ApplicationState.RETURNED),
        "may_reopen": state == ApplicationState.WITHDRAWN and bool(rules.may_reopen(user, found)),
        "may_carry_over": bool(rules.may_carry_over(user, found)),
        "trail": mine_trail((str(found), "")),
    }
    return render(request, "applications/application.html", context)


@require_safe
def receipt(request: PersonRequest, pk: int) -> HttpResponse:
    """Number and moment of all that was sent."""
    found = own_application(request, pk)
    if found.sent is None:
        raise Http404
    title = _("Receipt")
    context = {
        "application": found,
        "versions": list(found.versions.select_related("by").order_by("number")),
        "title": title,
        "trail": mine_trail((str(found), found.path), (title, "")),
    }
    return render(request, "applications/receipt.html", context)


@require_POST
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send it; where something is missing the last step says what."""
    try:
        actions.send(request.user, own_application(request, pk))
    except Incomplete as fault:
        messages.error(request, str(fault.reason))
        return check_page(request, application_to_write(request, pk), 422)
    messages.success(request, _("The application is sent. Here is your receipt."))
    return redirect("applications:receipt", pk)


@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Withdraw it."""
    actions.withdraw(request.user, own_application(request, pk))
    messages.success(request, _("The application is withdrawn."))
    return redirect("applications:application", pk)


@require_POST
def reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a withdrawn one up again."""
    actions.reopen(request.user, own_application(request, pk))
    messages.success(request, _("It is a draft again. Send it when it is ready."))
    return redirect("applications:check", pk)


def answer(request: PersonRequest, pk: int, question: int) -> HttpResponse:
    """Answer what the municipality has asked."""
    found = own_application(request, pk)
    asked = get_object_or_404(ApplicantQuestion, pk=question, application=found)
    require(rules.may_answer(request.user, found))
    if asked.mend or asked.answered is not None:
        raise Refused(_("This is answered already."))
    form = AnswerForm(sent(request)[0])
    return form_page(
        request,
        form,
        lambda: actions.answer(request.user, asked, form.cleaned_data["text"]),
        title=_("Answer the question"),
        lead=asked.text,
        submit=_("Send the answer"),
        back=found.path,
        done=_("The answer is sent."),
        trail=mine_trail((str(found), found.path)),
    )


def files(request: PersonRequest, pk: int) -> HttpResponse:
    """Add files that show what the application says."""
    found = own_application(request, pk)
    require(rules.may_change(request.user, found))
    form = FilesForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.add_files(request.user, found, form.cleaned_data["uploads"]),
        title=_("Add files"),
        lead=_("Those who handle the application can read them."),
        submit=_("Add"),
        back=reverse("applications:check", args=[pk]),
        done=_("The files are added."),
        trail=mine_trail((str(found), found.path)),
    )


@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file away again."""
    found = own_application(request, pk)
    actions.take_file_away(request.user, found, request.POST.get("file", ""))
    messages.success(request, _("The file is removed."))
    return redirect("applications:check", pk)
