"""What askers and the municipality's people are told. The words of a question are read in the case alone."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import return_addresses
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import NoticeKind, register, tell, words_of
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, RoleKind, User

from .holders import reached_for
from .mail import NOTES, thread_of, write_to_guest
from .models import Case, CaseTask, MessageSide
from .rules import SORTING_KINDS

GROUP = _("Questions")
for kind in (
    NoticeKind("entrance.received", _("A new question waits to be sorted"), GROUP),
    NoticeKind("entrance.assigned", _("You have got a question to answer"), GROUP),
    NoticeKind("entrance.message", _("A new message in a question"), GROUP),
    NoticeKind("entrance.moved", _("Somebody else has your question now"), GROUP),
    NoticeKind("entrance.answered", _("Your question is answered"), GROUP),
    NoticeKind("entrance.asked_back", _("The municipality asks you for something"), GROUP),
    NoticeKind("entrance.closed", _("A question is closed"), GROUP),
    NoticeKind("entrance.merged", _("Two of your questions are put together"), GROUP),
    NoticeKind("entrance.task", _("Your department is asked for its part of a question"), GROUP),
    NoticeKind("entrance.task_done", _("Another department has done its part of a question"), GROUP),
    NoticeKind("entrance.due", _("The answer to a question is due soon"), GROUP),
    NoticeKind("entrance.late", _("The answer to a question is late"), GROUP),
    NoticeKind("entrance.unreached", _("A mail to somebody who asked has come back"), GROUP),
    NoticeKind("entrance.unsorted", _("A new question has waited too long to be sorted"), GROUP),
):
    register(kind)


def asker_path(case: Case) -> str:
    return reverse("entrance:mine-one", args=[case.pk])


def case_path(case: Case) -> str:
    return reverse("entrance:case", args=[case.municipality.slug, case.pk])


def tell_received(case: Case) -> None:
    """Those who sort new questions: the community managers, or where there are none the contact persons."""
    tell("entrance.received", sorters_of(case), path=case_path(case), params=_params(case))


def tell_unsorted(case: Case) -> int:
    """Remind them, once for each question."""
    told = tell("entrance.unsorted", sorters_of(case), path=case_path(case), params=_params(case), once=f"{case.pk}")
    return len(told)


def sorters_of(case: Case) -> list[User]:
    roles = Role.objects.current().filter(municipality=case.municipality, user__is_active=True).order_by()
    managers = roles.filter(kind=RoleKind.COMMUNITY_MANAGER)
    sorting = managers if managers.exists() else roles.filter(kind__in=SORTING_KINDS)
    return list(User.objects.filter(pk__in=sorting.values("user")).order_by("pk"))


def tell_routed(case: Case, by: Any) -> None:
    """The one who has it now, or where nobody has it the whole department; and the asker, who has it now and why."""
    people = reached_for(case.holder, case.department) or department_people(case)
    params = {**_params(case), "by_mail": return_addresses.taken()}
    tell("entrance.assigned", _others(people, by), path=case_path(case), params=params, thread=thread_of(case))
    tell_asker(case, "moved", by)


def department_people(case: Case) -> list[User]:
    """The contact persons of the department that answers for it now."""
    roles = Role.objects.current().filter(department=case.department, kind__in=SORTING_KINDS, user__is_active=True)
    return list(User.objects.filter(pk__in=roles.order_by().values("user")).order_by("pk"))


def tell_holder(case: Case, name: str, by: Any) -> None:
    """The one who has it and, while she is away, the one who answers for her."""
    tell(f"entrance.{name}", _others(_answering(case), by), path=case_path(case), params=_params(case))


def tell_message(case: Case, by: Any) -> None:
    """The same people, that the asker has written; those of a department can answer her by mail."""
    by_mail = return_addresses.taken() and case.department_id is not None
    tell(
        "entrance.message",
        _others(_answering(case), by),
        path=case_path(case),
        params={**_params(case), "by_mail": by_mail},
        thread=thread_of(case) if by_mail else "",
    )


def _answering(case: Case) -> list[User]:
    return reached_for(case.holder, case.department) or (
        department_people(case) if case.department_id else sorters_of(case)
    )


def tell_asker(case: Case, name: str, by: Any, **more: str) -> None:
    """The one who asked and her team; a guest gets it by letter."""
    params = {**_params(case, MessageSide.MUNICIPALITY), **more}
    if case.asker is None:
        with translation.override(case.language):
            write_to_guest(case, name, words_of(Notice(kind=f"entrance.{name}", params=params)))
        return
    team = Membership.objects.current().filter(organisation=case.organisation_id).order_by()
    mates = User.objects.filter(pk__in=team.values("user")) if case.organisation_id else User.objects.none()
    people = {one.pk: one for one in (case.asker, *mates.order_by("pk"))}
    who = _others(people.values(), by)
    tell(f"entrance.{name}", who, path=asker_path(case), params=params, thread=thread_of(case))


def tell_task(task: CaseTask, by: Any) -> None:
    """The contact of the task's department."""
    case, people = task.case, reached_for(task.contact, task.department)
    params = {**_params(case), "department": task.department.name, "by_mail": return_addresses.taken()}
    tell("entrance.task", _others(people, by), path=case_path(case), params=params, thread=thread_of(case, NOTES))


def tell_task_done(task: CaseTask, by: Any) -> None:
    """The one who has the case, and the one who gave the task."""
    people = [*reached_for(task.case.holder, task.case.department), task.given_by]
    params = {**_params(task.case), "department": task.department.name}
    tell("entrance.task_done", _others(people, by), path=case_path(task.case), params=params)


def tell_due(case: Case, people: Iterable[User]) -> int:
    """That the last day comes near, once for each last day; returns how many were told."""
    return len(tell("entrance.due", people, path=case_path(case), params=_dated(case), once=_once(case)))


def tell_late(case: Case, people: Iterable[User], level: int) -> int:
    """That the last day has passed, once for each level of escalation; returns how many were told."""
    once = f"{_once(case)}:{level}"
    return len(tell("entrance.late", people, path=case_path(case), params=_dated(case), once=once))


def _once(case: Case) -> str:
    return f"{case.pk}:{case.due}"


def _dated(case: Case) -> dict[str, Any]:
    return {**_params(case), "due": f"{case.due:%d.%m.%Y}", "holder": str(case.holder or "")}


def _others(people: Iterable[User], by: Any) -> list[User]:
    """Nobody is told of what she does herself."""
    return [person for person in people if person.pk != getattr(by, "pk", None)]


def _params(case: Case, by: MessageSide = MessageSide.ASKER) -> dict[str, Any]:
    return {
        "title": case.title,
        "who": case.municipality.name if by is MessageSide.MUNICIPALITY else case.asker_name,
        "holder": str(case.holder or ""),
        "department": case.department.name if case.department else "",
        "by_asker": by is MessageSide.ASKER,
    }
