"""What everybody sees of pools: the list, a pool, a call, a version of the rules."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require

from .. import queries, rules
from ..applying import applications_path, apply_path
from ..charts import bars
from ..models import CallState, PoolKind, PoolRules
from ..paths import call_path, pool_path
from ..words import criterion_in_words, stage_in_words, what_differs, who_may_apply
from .common import call_standing, shown_pool, trail_of, trail_to
from .money import MONEY_WORDS


@login_not_required
@in_municipality
@require_safe
def pools(request: MunicipalRequest) -> HttpResponseBase:
    """The municipality's pools, and where one can apply now."""
    page = ListPage(
        request,
        queries.pools_in(request.municipality),
        name=_("Pools of money"),
        columns=(
            Column(_("Pool"), "label", link=pool_path),
            Column(_("Who feeds it"), lambda pool: str(pool.get_kind_display())),
            Column(_("Open calls"), "open_count"),
            Column(_("State"), lambda pool: str(pool.get_state_display())),
        ),
        sorts=(Sort("navn", _("Name"), ("sort_key",)), Sort("nyeste", _("Newest first"), ("-created",))),
        filters=(choice_filter("slags", _("Who feeds it"), "kind", PoolKind.choices),),
        search=("name", "name_en", "purpose", "purpose_en"),
    )
    calls = [(call, *call_standing(call), call_path(call)) for call in queries.open_calls(request.municipality)[:12]]
    here, user = request.municipality, request.user
    reads = rules.is_fund_manager(user, here) or rules.is_auditor(user, here)
    context = {
        "calls": calls,
        "may_make": bool(rules.may_make(user, here)),
        "applications": applications_path(here) if reads else "",
        "trail": [*trail_to(request)[:1], (_("Pools of money"), "")],
    }
    return page.respond("pools/pools.html", context)


@login_not_required
@in_municipality
@require_safe
def pool(request: MunicipalRequest, slug: str) -> HttpResponse:
    """One pool: purpose, rules in plain words, calls, who feeds it, where the money is."""
    found = shown_pool(request, slug)
    in_force = queries.rules_in_force(found)
    money = queries.money_of(found)
    calls = [
        (call, *call_standing(call), call_path(call))
        for call in queries.calls_of(found)
        if call.state != CallState.DRAFT
    ]
    context = {
        "pool": found,
        "rules": in_force,
        **_said(in_force),
        "calls": calls[:8],
        "contributors": [one for one in queries.names_of(found) if not one.has_left],
        "money": money,
        "chart": bars(_("Where the money is"), [(str(MONEY_WORDS[key]), oere) for key, oere in money.places.items()]),
        "reads_all": bool(rules.may_read_all(request.user, found)),
        "trail": trail_to(request, (found.label, "")),
    }
    return render(request, "pools/pool.html", context)


def _said(of: PoolRules | None) -> dict[str, object]:
    if of is None:
        return {"sentences": [], "criteria": [], "stages": []}
    return {
        "sentences": who_may_apply(of),
        "criteria": [(criterion_in_words(one), one.advice) for one in of.criteria.all()],
        "stages": [(stage_in_words(one), one.wanted) for one in of.stages.all()],
    }


@login_not_required
@in_municipality
@require_safe
def call(request: MunicipalRequest, slug: str, number: int) -> HttpResponse:
    """One call: what it is about, until when, for how much, by which rules."""
    found = shown_pool(request, slug)
    one = get_object_or_404(queries.calls_of(found), number=number)
    if one.state == CallState.DRAFT:
        require(rules.may_read_all(request.user, found))
    under = queries.whole_rules().filter(pk=one.rules_id).first() if one.rules_id else None
    words, kind = call_standing(one)
    context = {
        "pool": found,
        "call": one,
        "standing": words,
        "apply_path": apply_path(one),
        "standing_kind": kind,
        "rules": under,
        **_said(under),
        "trail": trail_of(request, found, (one.label, "")),
    }
    return render(request, "pools/call.html", context)


@login_not_required
@in_municipality
@require_safe
def rules_version(request: MunicipalRequest, slug: str, number: int) -> HttpResponse:
    """One version of the rules, and what differs from the one before."""
    found = shown_pool(request, slug)
    one = get_object_or_404(queries.whole_rules(), pool=found, number=number)
    require(rules.may_see_rules(request.user, one))
    earlier = queries.whole_rules().filter(pool=found, number__lt=number).order_by("-number").first()
    others = [other for other in found.rules.order_by("-number") if other.number != number and other.state != "draft"]
    context = {
        "pool": found,
        "rules": one,
        **_said(one),
        "earlier": earlier,
        "changes": what_differs(earlier, one) if earlier else [],
        "others": others,
        "trail": trail_of(request, found, (_("Rules, version %(number)s") % {"number": number}, "")),
    }
    return render(request, "pools/rules.html", context)
