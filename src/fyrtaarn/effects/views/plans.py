"""Plans: mine, one with its picture, and the guided steps that make it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.keys import key_or_404
from fyrtaarn.foundation.rules import require
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..figures import in_words, value_of
from ..forms import AroundForm, HonestForm, OutcomesForm, PlannedForm
from ..models import Plan, PlannedIndicator, PlannedOutcome
from ..suggesting import by_outcome, suggest
from ..theory import draw

KINDS: dict[str, Any] = {"aftale": Agreement, "loesning": Listing, "organisation": Organisation}


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


def plan_of(request: PersonRequest, pk: int) -> Plan:
    """The plan, for those who may change it. Raises Refused."""
    found = queries.one_plan(pk)
    require(rules.may_change_plan(request.user, found))
    return found


def trail_to(plan: Plan | None = None, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from my overview by my plans."""
    way = [(_("My overview"), reverse("site:overview")), (_("My plans for effect"), reverse("effects:plans"))]
    return [*way, *([(plan.title, plan.path)] if plan else []), *steps]


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The plans that I can write on, and what I can begin one for."""
    able = queries.unplanned(request.user)
    labels = {
        "aftale": _("One of your collaborations"),
        "loesning": _("One of your solutions"),
        "organisation": _("All that your organisation does"),
    }
    context = {
        "plans": queries.plans_of(request.user),
        "able": [(kind, labels[kind], [(one.pk, str(one)) for one in rows]) for kind, rows in able.items() if rows],
        "trail": [(_("My overview"), reverse("site:overview")), (_("My plans for effect"), "")],
    }
    return render(request, "effects/plans.html", context)


@require_POST
def begin(request: PersonRequest) -> HttpResponse:
    """Begin a plan, or go to the one that there is."""
    kind = KINDS.get(request.POST.get("kind", ""), Agreement)
    subject = get_object_or_404(kind, pk=key_or_404(request.POST.get("subject", "")))
    plan = actions.begin(request.user, subject)
    return redirect("effects:plan-around", plan.pk)


@require_safe
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """One plan: its picture, the same in words, and what is still to do."""
    found = plan_of(request, pk)
    outcomes = queries.planned_outcomes(found)
    shown = [(one, [(each, _told(each)) for each in one.indicators.all()]) for one in outcomes]
    lines = [(one.outcome.name, [told["line"] for _each, told in rows]) for one, rows in shown]
    context = {
        "plan": found,
        "outcomes": shown,
        "picture": draw(found, lines),
        "lacks": _lacks(found, outcomes),
        "words": [(field.verbose_name, getattr(found, field.name)) for field in _fields("does", "for_whom")],
        "honest": [
            (field.verbose_name, getattr(found, field.name)) for field in _fields("anyway", "risk", "worse", "unknown")
        ],
        "trail": [*trail_to(), (found.title, "")],
    }
    return render(request, "effects/plan.html", context)


def _fields(*names: str) -> list[Any]:
    return [Plan._meta.get_field(name) for name in names]


def _told(each: PlannedIndicator) -> dict[str, str]:
    """Where an indicator stands and shall be, in words."""
    begin = in_words(each.as_of, value_of(each.as_of, each.baseline, each.baseline_of))
    target = in_words(each.as_of, each.target)
    line = f"{each.as_of.name}: {begin or _('not known yet')} → {target}"
    return {"begin": begin, "target": target, "line": line}


def _lacks(found: Plan, outcomes: list[PlannedOutcome]) -> list[tuple[str, str]]:
    """What is still to do, each with the way there."""
    lacks = []
    if not found.does.strip() or not found.for_whom.strip():
        lacks.append((_("Say what you do, and for whom"), reverse("effects:plan-around", args=(found.pk,))))
    if not outcomes:
        lacks.append((_("Choose what shall be different"), reverse("effects:plan-outcomes", args=(found.pk,))))
    for one in outcomes:
        if not one.indicators.all():
            way = reverse("effects:plan-indicators", args=(found.pk, one.pk))
            lacks.append((_("Say how it shows: %(outcome)s") % {"outcome": one.outcome.name}, way))
    if not found.worse.strip() or not found.unknown.strip():
        way = reverse("effects:plan-honest", args=(found.pk,))
        lacks.append((_("Say what went worse, and what you do not know"), way))
    return lacks


def around(request: PersonRequest, pk: int) -> HttpResponse:
    """What is done, and for whom."""
    return _write(request, pk, AroundForm, _("What you do"), "effects:plan-outcomes")


def honest(request: PersonRequest, pk: int) -> HttpResponse:
    """What would have happened anyway, what can go wrong, what went worse and what is not known."""
    return _write(request, pk, HonestForm, _("Honestly"), "effects:plan")


def _write(request: PersonRequest, pk: int, kind: Callable[..., Any], title: str, then: str) -> HttpResponse:
    found = plan_of(request, pk)
    form = kind(sent(request)[0], instance=found)
    return form_page(
        request,
        form,
        lambda: actions.write(request.user, found, form.words, form.cleaned_data["version"]),
        title=title,
        back=found.path,
        onwards=lambda _plan: reverse(then, args=(found.pk,)),
        done=_("Saved."),
        trail=trail_to(found),
        stored=lambda current: kind(instance=current),
    )


def outcomes(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose at most five outcomes."""
    found = plan_of(request, pk)
    chosen = list(found.outcomes.order_by("place").values_list("outcome", flat=True))
    form = OutcomesForm(
        sent(request)[0],
        outcomes=queries.outcomes(),
        suggested=by_outcome(suggest(f"{found.title}. {found.does} {found.for_whom}")),
        initial={"outcomes": chosen, "version": found.version},
    )
    return form_page(
        request,
        form,
        lambda: actions.choose_outcomes(
            request.user, found, form.cleaned_data["outcomes"], form.cleaned_data["version"]
        ),
        title=_("What shall be different"),
        lead=_("Those that fit what you do come first, with the reason."),
        back=found.path,
        done=_("Saved. Now say how each of them shows."),
        trail=trail_to(found),
        stored=lambda current: OutcomesForm(
            outcomes=queries.outcomes(),
            suggested={},
            initial={
                "outcomes": list(current.outcomes.order_by("place").values_list("outcome", flat=True)),
                "version": current.version,
            },
        ),
    )


@require_safe
def indicators(request: PersonRequest, pk: int, planned: int) -> HttpResponse:
    """The indicators of one of the plan's outcomes, those that fit what is done first."""
    found = plan_of(request, pk)
    one = get_object_or_404(found.outcomes.select_related("outcome"), pk=planned)
    suggestions = by_outcome(suggest(f"{found.title}. {found.does} {found.for_whom}")).get(one.outcome_id, [])
    taken = set(one.indicators.values_list("indicator", flat=True))
    context = {
        "plan": found,
        "outcome": one.outcome,
        "suggestions": [suggestion for suggestion in suggestions if suggestion.indicator.pk not in taken],
        "trail": trail_to(found, (one.outcome.name, "")),
    }
    return render(request, "effects/plan_indicators.html", context)


def indicator(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Where one indicator stands, where it shall be, when, and who counts."""
    found = plan_of(request, pk)
    chosen = get_object_or_404(queries.whole_indicators(), key=key, current__isnull=False)
    mine = PlannedIndicator.objects.filter(planned__plan=found, indicator=chosen).select_related("as_of")
    kept = mine.first()
    measured: Any = kept.as_of if kept else chosen.current
    form = PlannedForm(sent(request)[0], plan=found, measured=measured, kept=kept)
    return form_page(
        request,
        form,
        lambda: actions.plan_indicator(request.user, found, chosen, form.values, form.cleaned_data["version"]),
        title=measured.name,
        lead=measured.counts,
        back=found.path,
        done=_("Saved."),
        trail=trail_to(found),
        stored=lambda current: PlannedForm(plan=current, measured=measured, kept=mine.first()),
    )


@require_POST
def remove_indicator(request: PersonRequest, pk: int, planned: int) -> HttpResponse:
    """Take an indicator out of the plan."""
    found = plan_of(request, pk)
    rows = PlannedIndicator.objects.select_related("planned")
    actions.remove_indicator(request.user, get_object_or_404(rows, pk=planned, planned__plan=found))
    messages.success(request, _("It is out of the plan."))
    return redirect(found.path)
