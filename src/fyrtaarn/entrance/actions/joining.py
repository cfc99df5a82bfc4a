"""Several departments in one case, and several questions of one asker in one thread."""

from django.db import transaction

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step, steps_of
from fyrtaarn.people.models import User

from .. import notices, rules
from ..holders import holder_for
from ..models import Case, CaseState, CaseTask, TaskState
from ..states import CASE_STATES
from .common import involve, locked


@transaction.atomic
def give_task(user: User, case: Case, department: Department, what: str) -> CaseTask:
    """Ask another department for its part; it sees the whole case from now on."""
    current = locked(case)
    require(rules.may_give_task(user, current, department))
    if not what.strip():
        raise ReasonMissing
    involve(current, department.pk)
    current.save(update_fields=["departments"])
    choice = holder_for(department, current.topic)
    task = CaseTask.objects.create(
        case=current,
        department=department,
        contact=choice.user if choice else None,
        what=what.strip(),
        given_by=user,
        given=clock.now(),
    )
    log_step(current, "task", current.state, current.state, by=user, reason=department.name)
    notices.tell_task(task, user)
    return task


@transaction.atomic
def finish_task(user: User, task: CaseTask, answer: str) -> CaseTask:
    """Say what came of a department's part; the holder of the case is told."""
    current = locked(task.case)
    found = CaseTask.objects.select_for_update(of=("self",), no_key=True).select_related("department").get(pk=task.pk)
    found.case = current
    require(rules.may_finish_task(user, found))
    if not answer.strip():
        raise ReasonMissing
    found.state, found.answer, found.done, found.done_by = TaskState.DONE, answer.strip(), clock.now(), user
    found.save(update_fields=["state", "answer", "done", "done_by"])
    log_step(current, "task_done", current.state, current.state, by=user, reason=found.department.name)
    notices.tell_task_done(found, user)
    return found


@transaction.atomic
def merge(user: User, case: Case, other: Case) -> Case:
    """Put a question together with another of the same asker, in whose thread it goes on. Returns the other."""
    first, second = sorted((case, other), key=lambda one: one.pk)  # both ways around in one order
    rows = {one.pk: locked(one) for one in (first, second)}
    current, target = rows[case.pk], rows[other.pk]
    require(rules.may_merge_into(user, current, target))
    if current.merged.exists():
        raise WrongState
    for department in current.departments:
        involve(target, department)
    target.save(update_fields=["departments"])
    current.departments, current.merged_into = target.departments, target
    current.sorted_by = current.sorted_by or user
    current.save(update_fields=["departments", "merged_into", "sorted_by"])
    CASE_STATES.perform("merge", current, by=user)
    notices.tell_asker(target, "merged", user, merged=current.title)
    return target


@transaction.atomic
def unmerge(user: User, case: Case) -> Case:
    """Take a question out again, as it was before; what has been written since stays where it was written."""
    current = locked(case)
    require(rules.may_note(user, current))
    if current.state != CaseState.MERGED:
        raise WrongState
    before = steps_of(current).filter(name="merge").order_by("-at", "-pk")[0].source
    current.state, current.merged_into = before, None
    current.save(update_fields=["state", "merged_into"])
    log_step(current, "unmerge", CaseState.MERGED, before, by=user)
    return current
