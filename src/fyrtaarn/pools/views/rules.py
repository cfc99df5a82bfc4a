"""A draft of the rules: begun, changed, brought into force, thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.form_pages import attempt
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict

from .. import actions, queries, rules
from ..forms import RulesForm, rules_initial
from ..models import Pool, PoolRules
from ..paths import manage_path
from .common import PersonRequest, done_or_told, managed_pool, trail_within


def edit_path(draft: PoolRules) -> str:
    pool = draft.pool
    return reverse("pools:rules-edit", args=[pool.municipality.slug, pool.slug, draft.number])


@require_POST
@in_municipality
def begin(request: PersonRequest, slug: str) -> HttpResponse:
    """Begin the next version."""
    draft = actions.draft_rules(request.user, managed_pool(request, slug))
    messages.success(request, _("A draft has begun with what holds now."))
    return redirect(edit_path(draft))


@in_municipality
def edit(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Change a draft with its criteria and stages."""
    pool = managed_pool(request, slug)
    draft = _draft(pool, number)
    require(rules.may_change_rules(request.user, draft))
    form = RulesForm(request.POST if request.method == "POST" else None, initial=rules_initial(draft))
    if request.method != "POST":
        return _page(request, pool, draft, form)
    if form.wants_more:
        form.add_rows()
        return _page(request, pool, draft, form)
    if form.is_valid() and _saved(request, draft, form):
        messages.success(request, _("The draft is saved."))
        return redirect(edit_path(draft))
    return _page(request, pool, draft, form, 422)


def _saved(request: PersonRequest, draft: PoolRules, form: RulesForm) -> bool:
    said = form.cleaned_data
    try:
        done = attempt(
            form,
            lambda: actions.change_rules(request.user, draft, said, said["criteria"], said["stages"], said["version"]),
        )
    except Conflict as conflict:
        form.take_version(conflict.current.version)
        form.add_error(
            None, _("Somebody else has saved in the meantime. Your text is still here: compare, and save again.")
        )
        return False
    return done is not None


def _page(request: PersonRequest, pool: Pool, draft: PoolRules, form: RulesForm, status: int = 200) -> HttpResponse:
    title = _("Draft of the rules, version %(number)s") % {"number": draft.number}
    context = {
        "pool": pool,
        "draft": draft,
        "form": form,
        "title": title,
        "shows_errors": form.is_bound and not form.wants_more,
        "trail": trail_within(request, pool, (title, "")),
    }
    return render(request, "pools/rules_edit.html", context, status=status)


@require_POST
@in_municipality
def bring_into_force(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Let the draft replace what holds now."""
    pool = managed_pool(request, slug)
    draft = _draft(pool, number)
    done = _("The rules hold from now on. What has been applied for keeps the earlier ones.")
    in_force = done_or_told(request, lambda: actions.bring_into_force(request.user, draft), done)
    return redirect(manage_path(pool) if in_force else edit_path(draft))


@require_POST
@in_municipality
def discard(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Throw the draft away."""
    pool = managed_pool(request, slug)
    actions.discard(request.user, _draft(pool, number))
    messages.success(request, _("The draft is gone."))
    return redirect(manage_path(pool))


def _draft(pool: Pool, number: int) -> PoolRules:
    return get_object_or_404(queries.whole_rules(), pool=pool, number=number)
