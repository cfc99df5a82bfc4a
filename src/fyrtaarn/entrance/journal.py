"""Questions in the journal: what was asked and answered with the files, and the departments' parts."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.journal import Entry, in_order, source
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Case, CaseMessage, CaseTask, MessageSide


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """Questions that the person or the organisation has asked, and those in which the person has written."""
    theirs = Q(asker=person) | Q(messages__author=person) if person else Q(organisation=organisation)
    cases = Case.objects.filter(theirs, municipality=municipality).order_by("pk").distinct()
    yield from entries_of(cases, notes=True)


def entries_of(cases: Iterable[Case], *, notes: bool) -> Iterator[Entry]:
    """What was written in cases; with `notes` also what the municipality's people wrote to each other."""
    numbers = [case.pk for case in cases]
    yield from in_order([*_messages(numbers, notes=notes), *(_parts(numbers) if notes else ())])


def _messages(numbers: list[int], *, notes: bool) -> Iterator[Entry]:
    within = Q(case__in=numbers) | Q(case__merged_into__in=numbers)
    related = CaseMessage.objects.select_related("author", "case__asker", "case__municipality").filter(within)
    said = list((related if notes else related.exclude(side=MessageSide.INTERNAL)).order_by("created", "pk"))
    files = files_of_each(said)
    for message in said:
        by = str(message.author) if message.author else message.case.asker_name
        side, text = str(message.get_side_display()), message.text
        yield Entry(message.created, title_of(message.case), side, text, by, tuple(files[message.pk]))


def _parts(numbers: list[int]) -> Iterator[Entry]:
    rows = CaseTask.objects.select_related("case", "department", "given_by", "done_by").filter(case__in=numbers)
    for task in rows.order_by("given", "pk"):
        asked = _("Asked of %(department)s") % {"department": task.department.label}
        yield Entry(task.given, title_of(task.case), asked, task.what, str(task.given_by))
        if task.done:
            answered = _("Answer from %(department)s") % {"department": task.department.label}
            yield Entry(task.done, title_of(task.case), answered, task.answer, str(task.done_by))


def title_of(case: Case) -> str:
    """What the case is called in the journal."""
    return _("Question %(number)s: %(title)s") % {"number": case.pk, "title": case.title}
