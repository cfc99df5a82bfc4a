"""What the pages of the entrance read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.models import Step, StoredFile
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.listings.models import Audience, Listing
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from .models import (
    OPEN_STATES,
    UNROUTED_STATES,
    Absence,
    AnswerFigure,
    Case,
    CaseMessage,
    CaseState,
    CaseTask,
    CaseTopic,
    ContactProfile,
    MessageSide,
    PublicAnswer,
    SavedAnswer,
)
from .rules import HANDLING_KINDS, SORTING_KINDS, handles_for

WHOLE = ("municipality", "asker", "organisation", "about", "topic", "department", "holder", "known", "merged_into")


@dataclass(frozen=True)
class Said:
    """A message with its files."""

    message: CaseMessage
    files: list[StoredFile]

    @property
    def is_note(self) -> bool:
        return self.message.side == MessageSide.INTERNAL


def case_with(pk: int) -> Case | None:
    """A case with all that its page names; None where it is not there, or not there for the reader."""
    return Case.objects.select_related(*WHOLE).filter(pk=pk).first()


def said_in(case: Case, *, notes: bool) -> list[Said]:
    """What was said in the case and in those that are put together with it, oldest first; `notes` for the municipality."""
    rows = CaseMessage.objects.filter(Q(case=case) | Q(case__merged_into=case)).select_related("author")
    if not notes:
        rows = rows.exclude(side=MessageSide.INTERNAL)
    messages = list(rows.order_by("created", "pk"))
    files = files_of_each(messages)
    return [Said(message, files[message.pk]) for message in messages]


def steps_in(case: Case) -> QuerySet[Step]:
    """The log of the case."""
    return steps_of(case)


def tasks_in(case: Case) -> QuerySet[CaseTask]:
    """The departments' parts, oldest first."""
    return case.tasks.select_related("department", "contact", "done_by").order_by("given", "pk")


def mine(user: User) -> QuerySet[Case]:
    """The questions that she or her organisations have asked."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    return Case.objects.filter(Q(asker=user) | Q(organisation__in=teams)).select_related("municipality", "holder")


def handled_in(user: User, municipality: Municipality) -> QuerySet[Case]:
    """The cases of the municipality that she handles: see rules.handles."""
    return (
        Case.objects.filter(municipality=municipality)
        .filter(_handled_by(user, municipality))
        .exclude(state=CaseState.UNCONFIRMED)
        .select_related("asker", "organisation", "topic", "department", "holder", "municipality")
    )


def _handled_by(user: User, municipality: Municipality) -> Q:
    roles = [r for r in user.current_roles if r.municipality_id == municipality.pk and r.kind in HANDLING_KINDS]
    mine = Q(sorted_by=user)
    if any(role.kind in SORTING_KINDS for role in roles):
        mine |= Q(state=CaseState.RECEIVED, department=None)
    if any(role.department_id is None for role in roles):
        return mine | Q(departments__len__gt=0)
    own = [role.department_id for role in roles]
    return mine | Q(departments__overlap=own) if own else mine


def on_the_desk_of(user: User, most: int) -> QuerySet[Case]:
    """What waits for her answer, by the last day, and her own open questions, latest first: in one statement.

    At most so many of each. `is_mine` tells her own; for a colleague who is away she answers what is his.
    """
    related = Case.objects.select_related("municipality")
    to_answer = related.filter(
        Q(holder=user) | Q(holder__in=stood_in_for(user)), state__in=(CaseState.ROUTED, CaseState.IN_PROGRESS)
    )
    asked = related.filter(asker=user, state__in=OPEN_STATES)
    first = to_answer.annotate(is_mine=Value(False)).order_by("due", "pk")[:most]
    latest = asked.annotate(is_mine=Value(True)).order_by("-latest", "-pk")[:most]
    return first.union(latest, all=True).order_by("-latest", "-id")


def stood_in_for(user: User) -> QuerySet[Absence, Any]:
    """Those who are away today and for whom she answers, as a part of another query."""
    today = clock.today()
    away = Absence.objects.filter(starts__lte=today, ends__gt=today)
    for_them = away.filter(Q(stand_in__user=user) | Q(stand_in=None, contact__deputy__user=user))
    return for_them.order_by().values("contact__user")


def departments_of(municipality: Municipality) -> QuerySet[Department]:
    """The departments that exist today."""
    return Department.objects.current().filter(municipality=municipality).order_by("sort_key", "pk")


def topics_of(municipality: Municipality) -> QuerySet[CaseTopic]:
    """What people can ask about today."""
    rows = CaseTopic.objects.filter(municipality=municipality, ended=None)
    return rows.select_related("department").order_by("sort_key", "pk")


def contacts_in(municipality: Municipality) -> QuerySet[ContactProfile]:
    """The municipality's contact persons, by department."""
    rows = ContactProfile.objects.filter(department__municipality=municipality, ended=None)
    with_names = rows.select_related("user", "department", "deputy__user", "deputy__department")
    return with_names.prefetch_related("topics").order_by("department__sort_key", "pk")


def absences_in(municipality: Municipality) -> QuerySet[Absence]:
    """Absences that are not over, the first first."""
    rows = Absence.objects.filter(contact__department__municipality=municipality, ends__gt=clock.today())
    return rows.select_related("contact__user", "contact__department", "stand_in__user").order_by("starts", "pk")


def answers_for(case: Case) -> QuerySet[SavedAnswer]:
    """The saved answers of the department that has the case."""
    return SavedAnswer.objects.filter(department=case.department).order_by("title", "pk")


def mergeable_with(case: Case) -> QuerySet[Case]:
    """Other open cases of exactly the same asker, which this one can be put together with."""
    others = Case.objects.filter(
        municipality=case.municipality_id,
        state__in=OPEN_STATES,
        organisation=case.organisation_id,
        asker=case.asker_id,
    ).exclude(pk=case.pk)
    return (others if case.asker_id else others.filter(email__iexact=case.email)).order_by("-latest", "-pk")


def is_unrouted(case: Case) -> bool:
    """Whether nobody has it yet."""
    return case.state in UNROUTED_STATES


def asked_about(key: Any) -> Listing | None:
    """The public listing that a question is about; None for a key that leads to none."""
    number = key_in(str(key or ""))
    rows = Listing.objects.select_related("municipality", "organisation").filter(audience=Audience.PUBLIC)
    return None if number is None else rows.filter(pk=number).first()


def counts_of(rows: QuerySet[Case], parts: dict[str, QuerySet[Case]]) -> dict[str, int]:
    """How many cases are in each part of the board, in one statement."""
    counted = rows.order_by().aggregate(
        **{name: Count("pk", filter=Q(pk__in=part.order_by().values("pk"))) for name, part in parts.items()}
    )
    return {name: counted[name] for name in parts}


def answering_departments(user: User, municipality: Municipality) -> list[Department]:
    """The municipality's departments for which the person answers."""
    return [
        department for department in departments_of(municipality) if handles_for(user, municipality.pk, department.pk)
    ]


def public_answers(municipality: Municipality) -> QuerySet[PublicAnswer]:
    """What everybody can read, with what is asked most first."""
    rows = PublicAnswer.objects.filter(department__municipality=municipality, published__isnull=False)
    return rows.select_related("department", "topic")


def written_answers(user: User, municipality: Municipality) -> QuerySet[PublicAnswer]:
    """The public answers of the departments for which the person answers, published or not."""
    rows = PublicAnswer.objects.filter(department__in=answering_departments(user, municipality))
    return rows.select_related("department", "topic")


def figures_of_the_year(municipality: Municipality) -> list[AnswerFigure]:
    """How fast was answered in the latest twelve months: in all, by department and by topic."""
    rows = AnswerFigure.objects.filter(municipality=municipality, month=None).select_related("department", "topic")
    return list(rows.order_by("department__sort_key", "topic__sort_key", "pk"))


def figures_by_month(municipality: Municipality) -> QuerySet[AnswerFigure]:
    """How fast was answered in each month: in all, by department and by topic."""
    rows = AnswerFigure.objects.filter(municipality=municipality, month__isnull=False)
    return rows.select_related("department", "topic")


def answers_of(user: User, municipality: Municipality) -> QuerySet[SavedAnswer]:
    """The saved answers of those departments."""
    rows = SavedAnswer.objects.filter(department__municipality=municipality).select_related("department")
    return rows.filter(department__in=answering_departments(user, municipality)).order_by("title", "pk")
