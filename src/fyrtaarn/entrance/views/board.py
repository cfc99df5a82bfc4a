"""The board of those who answer: mine, my department's, what is late and what nobody has; and taking many at once."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..models import OPEN_STATES, OVER_STATES, Case, CaseState
from ..notices import case_path

VIEW = "vis"
Chosen = Callable[[QuerySet[Case], User], QuerySet[Case]]
OPEN = Q(state__in=OPEN_STATES)


def _of_me(rows: QuerySet[Case], user: User) -> QuerySet[Case]:
    return rows.filter(OPEN, Q(holder=user) | Q(holder__in=queries.stood_in_for(user)))


def _late(rows: QuerySet[Case], _user: User) -> QuerySet[Case]:
    return rows.filter(OPEN, answered=None, due__lt=clock.today())


def _unsorted(rows: QuerySet[Case], _user: User) -> QuerySet[Case]:
    return rows.filter(Q(state=CaseState.RECEIVED) | (OPEN & Q(holder=None)))


def _all_open(rows: QuerySet[Case], _user: User) -> QuerySet[Case]:
    return rows.filter(OPEN)


def _over(rows: QuerySet[Case], _user: User) -> QuerySet[Case]:
    return rows.filter(state__in=OVER_STATES)


VIEWS: dict[str, Chosen] = {"mine": _of_me, "alle": _all_open, "ingen": _unsorted, "sene": _late, "lukkede": _over}


def _labels() -> dict[str, str]:
    return {
        "mine": _("Mine"),
        "alle": _("My departments'"),
        "ingen": _("Nobody has them"),
        "sene": _("Late"),
        "lukkede": _("Closed"),
    }


@require_safe
@in_municipality
def board(request: MunicipalRequest) -> HttpResponseBase:
    """The questions that the person handles, the one with the nearest last day first."""
    me, here = cast(User, request.user), request.municipality
    require(rules.may_see_board(me, here))
    rows = queries.handled_in(me, here)
    view = request.GET.get(VIEW, "")
    view = view if view in VIEWS else "mine"
    page = ListPage(
        request,
        VIEWS[view](rows, me),
        name=_labels()[view],
        columns=(
            Column(_("Question"), "title", link=case_path),
            Column(_("Asker"), _asker),
            Column(_("Topic"), lambda case: case.topic.label if case.topic else ""),
            Column(_("Department"), lambda case: case.department.label if case.department else ""),
            Column(_("Who has it"), lambda case: str(case.holder or "")),
            Column(_("State"), _state),
            Column(_("Answer no later than"), "due"),
        ),
        sorts=(
            Sort("frist", _("Nearest last day first"), ("due",)),
            Sort("seneste", _("Latest first"), ("-latest",)),
        ),
        filters=(
            choice_filter("emne", _("Topic"), "topic", [(t.pk, t.label) for t in queries.topics_of(here)]),
            choice_filter("tilstand", _("State"), "state", CaseState.choices[1:]),
        ),
        search=("title", "name", "email", "asker__name", "organisation__name"),
        kept=(VIEW,),
    )
    counts = queries.counts_of(rows, {name: chosen(rows, me) for name, chosen in VIEWS.items()})
    tabs = [
        {"label": label, "url": f"?{VIEW}={name}", "current": name == view, "count": counts[name]}
        for name, label in _labels().items()
    ]
    context = {
        "tabs": tabs,
        "takeable": [case for case in page.rows if case.state in (CaseState.ROUTED,) and case.holder_id != me.pk],
        "settles": bool(rules.may_settle(me, here)),
        "trail": [(here.label, f"/{here.slug}/"), (_("Questions"), "")],
    }
    return page.respond("entrance/board.html", context)


def _asker(case: Case) -> str:
    return f"{case.asker_name}, {case.organisation}" if case.organisation else case.asker_name


def _state(case: Case) -> str:
    return f"{case.get_state_display()} ({_('late')})" if case.is_overdue else str(case.get_state_display())


@require_POST
@in_municipality
def take_many(request: MunicipalRequest) -> HttpResponse:
    """Take up all the chosen questions; what cannot be taken any more is passed over and said."""
    me, here = cast(User, request.user), request.municipality
    require(rules.may_see_board(me, here))
    chosen = [key for text in request.POST.getlist("case") if (key := key_in(text)) is not None]
    found = list(queries.handled_in(me, here).filter(pk__in=chosen).order_by("pk"))
    taken = sum(_take(me, case) for case in found)
    said = ngettext("%(count)d question is yours now.", "%(count)d questions are yours now.", taken) % {"count": taken}
    messages.success(request, said)
    return redirect(reverse("entrance:board", args=[here.slug]))


def _take(me: User, case: Case) -> bool:
    try:
        actions.take(me, case)
    except Refused:  # somebody was quicker
        return False
    return True
