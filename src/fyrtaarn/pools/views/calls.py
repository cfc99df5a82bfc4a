"""A call: written, published, extended, settled, called off."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..forms import CallForm, ExtendForm, ReasonForm, call_initial
from ..models import Call
from ..paths import call_path, manage_path
from .common import PersonRequest, back_to, done_or_told, managed_pool


@in_municipality
def new_call(request: PersonRequest, slug: str) -> HttpResponse:
    """Write a call that only fund managers see yet."""
    pool = managed_pool(request, slug)
    form = CallForm(*sent(request), initial={"version": 0, "opens": clock.today()})
    return form_page(
        request,
        form,
        lambda: actions.draft_call(request.user, pool, form.cleaned_data),
        title=_("New call"),
        done=_("Only fund managers see the call until it is published."),
        **back_to(request, pool),
    )


@in_municipality
def edit_call(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Change a call that is not published yet."""
    call = _call(request, slug, number)
    require(rules.may_change_call(request.user, call))
    form = CallForm(*sent(request), initial=call_initial(call))
    return form_page(
        request,
        form,
        lambda: actions.change_call(request.user, call, form.cleaned_data, form.cleaned_data["version"]),
        title=_("Change the call"),
        done=_("Saved."),
        stored=lambda current: CallForm(initial=call_initial(current)),
        **back_to(request, call.pool),
    )


@require_POST
@in_municipality
def publish(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Show the call to everybody and set its money aside."""
    call = _call(request, slug, number)
    done = _("The call is published, and its money is set aside.")
    published = done_or_told(request, lambda: actions.publish(request.user, call), done)
    return redirect(call_path(call) if published else manage_path(call.pool))


@in_municipality
def extend(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Let one apply longer."""
    call = _call(request, slug, number)
    form = ExtendForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.extend(request.user, call, form.cleaned_data["closes"], form.cleaned_data["reason"]),
        title=_("Let one apply longer"),
        lead=call.label,
        done=_("The last day is moved, and those who are writing have been told."),
        **back_to(request, call.pool),
    )


@require_POST
@in_municipality
def settle(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """All is decided."""
    call = _call(request, slug, number)
    done = _("The call is finished. What was not granted is free again.")
    done_or_told(request, lambda: actions.settle(request.user, call), done)
    return redirect(manage_path(call.pool))


@in_municipality
def call_off(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Call it off."""
    call = _call(request, slug, number)
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.call_off(request.user, call, form.cleaned_data["reason"]),
        title=_("Call off"),
        lead=call.label,
        submit=_("Call off"),
        done=_("The call is called off, and its money is free again."),
        **back_to(request, call.pool),
    )


def _call(request: PersonRequest, slug: str, number: int) -> Call:
    return get_object_or_404(queries.calls_of(managed_pool(request, slug)), number=number)
