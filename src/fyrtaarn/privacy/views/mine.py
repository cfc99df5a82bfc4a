"""What is held on me: the overview, my copy, and being erased."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation import clock
from fyrtaarn.people.acting import me
from fyrtaarn.people.proof import demand_fresh_proof

from .. import actions, queries
from ..models import CALL_BACK_DAYS, COPY_DAYS
from ..rules import may_be_erased


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is held on me, why and how long; my copies; the way to being erased."""
    person = me(request)
    context = {
        "held": queries.held_on(person),
        "copy": queries.copies_of(person).first(),
        "copy_days": COPY_DAYS,
        "erasure": queries.waiting_erasure(person),
        "viewings": queries.viewings_of(person),
        "trail": [(_("My profile"), reverse("people:profile")), (_("Your data"), "")],
    }
    return render(request, "privacy/mine.html", context)


@require_POST
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    """Have a copy made."""
    actions.ask_for_copy(me(request))
    messages.success(request, _("Your copy is being made. It is here in a moment, and you get a notice."))
    return redirect("privacy:mine")


@require_POST
def fetch_copy(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """One of my copies as a file, after signing in afresh."""
    copy = get_object_or_404(queries.copies_of(me(request)), key=key)
    demand_fresh_proof(request)
    actions.log_fetched(copy, me(request))
    name = f"mine-data-{clock.today():%Y-%m-%d}.zip"
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(
        copy.content.open("rb"), as_attachment=True, filename=name, content_type="application/zip", headers=headers
    )


@require_safe
def _erase_page(request: HttpRequest) -> HttpResponse:
    person = me(request)
    held = queries.held_on(person)
    context = {
        "goes": [one for one in held if one.goes],
        "emptied": [one for one in held if one.is_emptied],
        "stays": [one for one in held if not one.goes and not one.is_emptied],
        "verdict": may_be_erased(person),
        "erasure": queries.waiting_erasure(person),
        "days": CALL_BACK_DAYS,
        "trail": [
            (_("My profile"), reverse("people:profile")),
            (_("Your data"), reverse("privacy:mine")),
            (_("Erase my account"), ""),
        ],
    }
    return render(request, "privacy/erase.html", context)


def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, and my wish to be erased, after signing in afresh."""
    if request.method != "POST":
        return _erase_page(request)
    demand_fresh_proof(request)
    actions.ask_for_erasure(me(request))
    messages.success(request, _("We have noted it, and sent you a mail. You can call it back until the day comes."))
    return redirect("privacy:mine")


@require_POST
def call_back(request: HttpRequest) -> HttpResponse:
    """Keep my account after all."""
    erasure = queries.waiting_erasure(me(request))
    if erasure is not None:
        actions.call_back(erasure, me(request))
        messages.success(request, _("Your account stays."))
    return redirect("privacy:mine")
