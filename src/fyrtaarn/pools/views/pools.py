"""Making and changing a pool, and the page where it is looked after."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..applying import applications_path
from ..forms import PoolForm, pool_initial
from ..paths import call_path, manage_path, pool_path
from .common import (
    PersonRequest,
    back_to,
    call_standing,
    done_or_told,
    managed_pool,
    read_pool,
    tabs,
    trail_of,
    trail_to,
)


@in_municipality
def new_pool(request: PersonRequest) -> HttpResponse:
    """Make a pool."""
    require(rules.may_make(request.user, request.municipality))
    form = PoolForm(*sent(request), initial={"version": 0})
    return form_page(
        request,
        form,
        lambda: actions.make_pool(request.user, request.municipality, form.cleaned_data),
        title=_("New pool"),
        back=reverse("pools:pools", args=[request.municipality.slug]),
        onwards=manage_path,
        done=_("Only fund managers see the pool yet. Write its rules next."),
        trail=trail_to(request),
    )


@in_municipality
@require_safe
def manage(request: PersonRequest, slug: str) -> HttpResponse:
    """Rules in versions, calls, and what to do next."""
    pool = read_pool(request, slug)
    context = {
        "pool": pool,
        "tabs": tabs(pool, "manage"),
        "manages": bool(rules.may_manage(request.user, pool)),
        "versions": list(pool.rules.order_by("-number")),
        "calls": [
            (call, *call_standing(call), call_path(call), applications_path(request.municipality, call))
            for call in queries.calls_of(pool)
        ],
        "money": queries.money_of(pool),
        "trail": trail_of(request, pool, (_("Look after it"), "")),
    }
    return render(request, "pools/manage.html", context)


@in_municipality
def edit_pool(request: PersonRequest, slug: str) -> HttpResponse:
    """Change what a pool is for and how it is run."""
    pool = managed_pool(request, slug)
    form = PoolForm(*sent(request), initial=pool_initial(pool))
    return form_page(
        request,
        form,
        lambda: actions.change_pool(request.user, pool, form.cleaned_data, form.cleaned_data["version"]),
        title=_("Change the pool"),
        done=_("Saved."),
        stored=lambda current: PoolForm(initial=pool_initial(current)),
        **back_to(request, pool),
    )


@require_POST
@in_municipality
def open_pool(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the pool to everybody."""
    pool = managed_pool(request, slug)
    done = _("The pool is open. Everybody can see it.")
    opened = done_or_told(request, lambda: actions.open_pool(request.user, pool), done)
    return redirect(pool_path(pool) if opened else manage_path(pool))


@require_POST
@in_municipality
def close_pool(request: PersonRequest, slug: str) -> HttpResponse:
    """Publish no more calls in it."""
    pool = managed_pool(request, slug)
    done_or_told(request, lambda: actions.close_pool(request.user, pool), _("The pool is closed. Its page stays."))
    return redirect(manage_path(pool))
