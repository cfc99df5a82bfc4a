"""My challenges and my solutions, with their states, as lists to filter and take home."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter

from .. import rules
from ..models import Challenge, ChallengeState, Solution, SolutionState
from ..queries.challenges import challenges_of
from ..queries.solutions import solutions_of
from .common import PersonRequest

NEWEST = Sort("aendret", gettext_lazy("Latest changed first"), ("-updated",))
BY_TITLE = Sort("titel", gettext_lazy("Title"), ("title",))


@require_safe
def challenges(request: PersonRequest) -> HttpResponseBase:
    """The challenges that I may change."""
    page: ListPage[Challenge] = ListPage(
        request,
        challenges_of(request.user),
        name=_("My challenges"),
        columns=(
            Column(gettext_lazy("Title"), str, link=lambda challenge: challenge.path),
            Column(gettext_lazy("State"), lambda challenge: challenge.get_state_display()),
            Column(gettext_lazy("Department"), lambda c: c.department.label if c.department else ""),
            Column(gettext_lazy("Changed"), "updated"),
            Column(gettext_lazy("Published"), "published"),
        ),
        sorts=(NEWEST, BY_TITLE),
        filters=(choice_filter("tilstand", gettext_lazy("State"), "state", ChallengeState.choices),),
        search=("title", "situation"),
    )
    where = [m for m in Municipality.objects.filter(open=True) if rules.may_create_challenge(request.user, m)]
    context = {
        "trail": [(_("My overview"), reverse("site:overview")), (_("My challenges"), "")],
        "municipalities": where,
        "deleted": deleted(request, Challenge.with_deleted.select_related("municipality"), rules.may_edit_challenge),
    }
    return page.respond("portal/mine/challenges.html", context)


@require_safe
def solutions(request: PersonRequest) -> HttpResponseBase:
    """The solutions of my organisations."""
    page: ListPage[Solution] = ListPage(
        request,
        solutions_of(request.user),
        name=_("My solutions"),
        columns=(
            Column(gettext_lazy("Title"), str, link=lambda solution: solution.path),
            Column(gettext_lazy("State"), lambda solution: solution.get_state_display()),
            Column(gettext_lazy("Organisation"), "organisation.name"),
            Column(gettext_lazy("Confirm before"), lambda s: s.fresh_until if s.state == "published" else None),
            Column(gettext_lazy("Changed"), "updated"),
        ),
        sorts=(NEWEST, BY_TITLE),
        filters=(choice_filter("tilstand", gettext_lazy("State"), "state", SolutionState.choices),),
        search=("title", "what"),
    )
    context = {
        "trail": [(_("My overview"), reverse("site:overview")), (_("My solutions"), "")],
        "deleted": deleted(request, Solution.with_deleted.select_related("organisation"), rules.may_edit_solution),
    }
    return page.respond("portal/mine/solutions.html", context)


def deleted(request: PersonRequest, drafts: Any, may_edit: Any) -> Any:
    """The draft that was just deleted, to be brought back with one click."""
    pk = request.GET.get("slettet", "")
    draft = drafts.filter(pk=pk, deleted__isnull=False).first() if pk.isdecimal() and len(pk) < 18 else None
    return draft if draft and may_edit(request.user, draft) else None
