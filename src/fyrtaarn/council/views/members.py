"""The council's front page, its members and its year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import CouncilForm, EndTermForm, MemberForm, SeatForm
from ..metrics import count_year
from ..models import AdviceCourse, AdviceState, Council, CouncilMember, Seat, Stance
from ..models.members import ANSWER_DAYS
from .advice import card_of
from .common import CouncilRequest, PersonRequest, of_secretary, open_to_all, trail_to

SHOWN = 3


@require_safe
@open_to_all
def council(request: CouncilRequest) -> HttpResponse:
    """What the council is for, who sits in it, when it meets and what it advises."""
    found = request.council
    given = queries.advice_of(found, inside=False).filter(state__in=(AdviceState.GIVEN, AdviceState.ANSWERED))
    context = {
        "council": found,
        "members": queries.current_members(found),
        "coming": list(queries.coming_meetings(found)[:SHOWN]),
        "advice": [card_of(advice) for advice in given[:SHOWN]],
        "runs": bool(rules.may_run(request.user, found)),
        "waiting": queries.proposals_to_decide(request.user).count() if rules.may_run(request.user, found) else 0,
        "year": clock.today().year,
        "trail": [*trail_to(request)[:1], (found.name, "")],
    }
    return render(request, "council/council.html", context)


@in_municipality
def found(request: MunicipalRequest) -> HttpResponse:
    """Begin the municipality's council."""
    here = request.municipality
    require(rules.may_found(request.user, here))
    form = CouncilForm(*sent(request), initial={"answer_days": ANSWER_DAYS})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        user = request.user
        if attempt(form, lambda: actions.found_council(user, here, form.cleaned_data)):
            messages.success(request, _("The council is here. Add its seats next."))
            return redirect("council:members", here.slug)
    title = _("Begin the council")
    back = f"/{here.slug}/"
    context = {"form": form, "title": title, "lead": "", "submit": _("Save"), "back": back, "differences": []}
    trail = [(here.label, back), (title, "")]
    return render(request, "foundation/form_page.html", {**context, "trail": trail}, status=422 if form.errors else 200)


@of_secretary
def edit(request: PersonRequest) -> HttpResponse:
    """Change what the council says of itself."""
    found = request.council
    form = CouncilForm(
        *sent(request), initial={"name": found.name, "purpose": found.purpose, "answer_days": found.answer_days}
    )
    return form_page(
        request,
        form,
        lambda: actions.change_council(request.user, found, form.cleaned_data),
        title=_("About the council"),
        back=reverse("council:council", args=[request.municipality.slug]),
        done=_("Saved."),
        trail=trail_to(request),
    )


@require_safe
@open_to_all
def members(request: CouncilRequest) -> HttpResponse:
    """The seats, who sits in them, and who did before."""
    today = clock.today()
    rows = []
    for seat in queries.seats_of(request.council):
        terms: list[CouncilMember] = seat.terms  # type: ignore[attr-defined]
        now = [t for t in terms if t.starts <= today and (t.ends is None or t.ends > today)]
        rows.append({
            "seat": seat,
            "now": now[0] if now else None,
            "coming": [t for t in terms if t.starts > today],
            "earlier": [t for t in terms if t.ends is not None and t.ends <= today],
        })  # fmt: skip
    context = {
        "council": request.council,
        "rows": rows,
        "runs": bool(rules.may_run(request.user, request.council)),
        "trail": trail_to(request, (_("Members"), "")),
    }
    return render(request, "council/members.html", context)


@of_secretary
def add_seat(request: PersonRequest) -> HttpResponse:
    """Add a seat."""
    form = SeatForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.add_seat(request.user, request.council, form.cleaned_data["background"]),
        title=_("New seat"),
        done=_("The seat is there."),
        **_to_members(request),
    )


@require_POST
@of_secretary
def abolish_seat(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an empty seat away."""
    actions.abolish_seat(request.user, _seat(request.council, pk))
    messages.success(request, _("The seat is gone."))
    return redirect("council:members", request.municipality.slug)


@of_secretary
def seat_member(request: PersonRequest, pk: int) -> HttpResponse:
    """Give somebody a seat."""
    seat = _seat(request.council, pk)
    form = MemberForm(*sent(request), initial={"starts": clock.today()})
    return form_page(
        request,
        form,
        lambda: actions.seat_member(
            request.user,
            seat,
            form.member,
            affiliation=form.cleaned_data["affiliation"],
            starts=form.cleaned_data["starts"],
            ends=form.ends,
        ),
        title=_("New member in seat %(number)s") % {"number": seat.number},
        lead=str(seat.get_background_display()),
        done=_("The member has the seat and has been told."),
        **_to_members(request),
    )


@of_secretary
def end_term(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a term end."""
    member = get_object_or_404(
        CouncilMember.objects.select_related("user", "seat__council"), pk=pk, seat__council=request.council
    )
    require(rules.may_end_term(request.user, member))
    form = EndTermForm(*sent(request), initial={"last_day": member.last_day or clock.today()})
    return form_page(
        request,
        form,
        lambda: actions.end_term(request.user, member, form.ends),
        title=_("End the term of %(name)s") % {"name": member.user},
        done=_("Saved."),
        **_to_members(request),
    )


@require_safe
@open_to_all
def this_year(request: CouncilRequest) -> HttpResponse:
    """To the overview of the present year."""
    return redirect("council:year", request.municipality.slug, clock.today().year)


@require_safe
@open_to_all
def year(request: CouncilRequest, year: int) -> HttpResponseBase:
    """What the council met about and advised in a year, and what came of it."""
    years = queries.years_of(request.council)
    if year not in years:
        raise Http404
    found, here = request.council, request.municipality.slug
    figures = count_year(found, year, clock.today())
    given = queries.advice_of(found, inside=False).filter(given__year=year)
    context = {
        "council": found,
        "figures": figures,
        "parts": _parts(figures.advice),
        "stances": [(label, figures.advice.stances[value]) for value, label in Stance.choices],
        "courses": [(label, figures.advice.courses[value]) for value, label in AdviceCourse.choices],
        "held": list(queries.held_in(found, year)),
        "advice": [card_of(advice) for advice in given],
        "tabs": [
            {"label": str(one), "url": reverse("council:year", args=[here, one]), "current": one == year}
            for one in years
        ],
        "trail": trail_to(request, (_("The year %(year)s") % {"year": year}, "")),
    }
    return render(request, "council/year.html", context)


def _parts(count: Any) -> list[tuple[str, int]]:
    return [
        (_("Answered in time"), count.in_time),
        (_("Answered late"), count.late),
        (_("Not answered, and the deadline has passed"), count.overdue),
        (_("Not answered, and there is still time"), count.waiting),
    ]


def _seat(council: Council, pk: int) -> Seat:
    return get_object_or_404(Seat.objects.select_related("council"), pk=pk, council=council, abolished=None)


def _to_members(request: CouncilRequest) -> dict[str, Any]:
    back = reverse("council:members", args=[request.municipality.slug])
    return {"back": back, "trail": trail_to(request, (_("Members"), back))}
