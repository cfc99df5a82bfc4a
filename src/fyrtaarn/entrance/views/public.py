"""What everybody can read before she asks: who answers what, how fast, and what others have asked."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.organisations.ambassadors.queries import ambassadors_of
from fyrtaarn.organisations.models import Ambassador

from .. import queries, rules
from ..holders import contacts_of
from ..models import FEWEST, ContactProfile, PublicAnswer

MOST_ANSWERS = 50


@dataclass(frozen=True)
class Desk:
    """A department with those whom one can ask there. Who is both contact person and ambassador stands there once."""

    department: Department
    contacts: list[ContactProfile]
    ambassadors: list[Ambassador]

    @property
    def also_ambassadors(self) -> set[int]:
        """The contact persons who are ambassadors too, by the key of the person."""
        return {one.user_id for one in self.ambassadors} & {contact.user_id for contact in self.contacts}

    @property
    def only_ambassadors(self) -> list[Ambassador]:
        return [one for one in self.ambassadors if one.user_id not in self.also_ambassadors]


@login_not_required
@require_safe
@in_municipality
def answering(request: MunicipalRequest) -> HttpResponse:
    """Who answers what, how fast, and what people ask most."""
    here = request.municipality
    figures = queries.figures_of_the_year(here)
    context = {
        "answers": queries.public_answers(here)[:MOST_ANSWERS],
        "desks": _desks(request),
        "whole": next((one for one in figures if not one.department_id and not one.topic_id), None),
        "by_department": [(one.department.label, one) for one in figures if one.department],
        "by_topic": [(one.topic.label, one) for one in figures if one.topic],
        "fewest": FEWEST,
        "trail": _trail(request, (_("Who answers"), "")),
    }
    return render(request, "entrance/answering.html", context)


@login_not_required
@require_safe
@in_municipality
def months(request: MunicipalRequest) -> HttpResponseBase:
    """How fast was answered, month by month; what was asked in too few questions has no row."""
    here = request.municipality
    page = ListPage(
        request,
        queries.figures_by_month(here),
        name=_("Answers by month"),
        columns=(
            Column(_("Month"), lambda row: f"{row.month:%Y-%m}"),
            Column(_("Department"), lambda row: row.department.label if row.department else ""),
            Column(_("Topic"), lambda row: row.topic.label if row.topic else ""),
            Column(_("Asked"), "asked"),
            Column(_("Counted"), "counted"),
            Column(_("Answered in time"), "in_time"),
            Column(_("Late and without an answer"), "late"),
            Column(_("Half within (working days)"), "median"),
            Column(_("Nine of ten within (working days)"), "ninety"),
        ),
        sorts=(
            Sort("nyeste", _("Latest first"), ("-month", "pk")),
            Sort("aeldste", _("Oldest first"), ("month", "pk")),
        ),
        filters=(
            choice_filter(
                "forvaltning", _("Department"), "department", [(d.pk, d.label) for d in queries.departments_of(here)]
            ),
            choice_filter("emne", _("Topic"), "topic", [(t.pk, t.label) for t in queries.topics_of(here)]),
        ),
    )
    own = (_("Who answers"), reverse("entrance:answering", args=[here.slug]))
    return page.respond(
        "entrance/months.html", {"fewest": FEWEST, "trail": _trail(request, own, (_("Month by month"), ""))}
    )


def _desks(request: MunicipalRequest) -> list[Desk]:
    departments = list(queries.departments_of(request.municipality))
    contacts, ambassadors = contacts_of([one.pk for one in departments]), list(ambassadors_of(request.municipality))
    return [
        Desk(
            department,
            [contact for contact in contacts if contact.department_id == department.pk],
            [one for one in ambassadors if one.department_id == department.pk],
        )
        for department in departments
    ]


@login_not_required
@require_safe
@in_municipality
def public_answer(request: MunicipalRequest, pk: int, slug: str) -> HttpResponse:
    """A question that many ask, with its answer. One that is not published is there for those who write it."""
    here = request.municipality
    rows = PublicAnswer.objects.select_related("department", "topic")
    found = get_object_or_404(rows, pk=pk, department__municipality=here)
    may_write = bool(rules.may_write_answers(request.user, found.department))
    if found.published is None and not may_write:
        raise Http404
    if slug != found.slug:
        return redirect("entrance:public-answer", here.slug, pk, found.slug)
    own = (_("Who answers"), reverse("entrance:answering", args=[here.slug]))
    context = {"answer": found, "may_write": may_write, "trail": _trail(request, own, (found.question, ""))}
    return render(request, "entrance/public_answer.html", context)


def _trail(request: MunicipalRequest, *places: tuple[str, str]) -> list[tuple[str, str]]:
    here = request.municipality
    ask = (_("Ask the municipality"), reverse("entrance:ask", args=[here.slug]))
    return [(here.label, f"/{here.slug}/"), ask, *places]
