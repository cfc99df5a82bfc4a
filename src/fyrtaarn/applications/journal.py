"""Applications in the journal: each as it was sent, what was asked and answered, and each step until it was decided.

A draft is its team's alone, so nothing of it stands here before it is sent.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.journal import Entry, in_order, source
from fyrtaarn.foundation.models import Step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .content import Whole
from .models import Application
from .queries import questions_of, whole_applications
from .states import STEP_LABELS

TOLD_ELSEWHERE = ("begin", "send")
"""A draft is nobody's else, and what was sent stands with all that it says."""


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """What the organisation has sent, or the person has sent, is the contact for, or has done something with."""
    label = Application._meta.label_lower
    done = Step.objects.filter(subject_type=label, by=person).order_by().values("subject_id") if person else ()
    hers = Q(contact=person) | Q(versions__by=person) | Q(questions__by=person) | Q(pk__in=done)
    found = whole_applications().filter(municipality=municipality, versions__isnull=False)
    return entries_of(found.filter(hers if person else Q(organisation=organisation)).distinct().order_by("pk"))


def entries_of(applications: Iterable[Application]) -> Iterator[Entry]:
    """What there is in each application, in the order in which it happened."""
    for application in applications:
        yield from in_order([*_versions(application), *_questions(application), *_steps(application)])


def title_of(application: Application) -> str:
    """What the application is called in the journal."""
    values = {"number": application.number, "title": application, "organisation": application.organisation}
    return _("Application %(number)s: %(organisation)s, %(title)s") % values


def _versions(application: Application) -> Iterator[Entry]:
    matter, files = title_of(application), tuple(files_of(application))
    versions = list(application.versions.select_related("by").order_by("number"))
    for version in versions:
        what = _("Sent") if version.number == 1 else _("Mended and sent again")
        with_it = files if version is versions[-1] else ()  # there is one set of files, as it was sent last
        yield Entry(version.at, matter, what, _words(Whole(application, version.content)), str(version.by), with_it)


def _words(whole: Whole) -> str:
    """All that it says, as lines."""
    return "\n".join(
        [
            *(f"{label}: {text}" for label, text in whole.texts),
            *(f"{goal['whose']}: {goal['text']} {goal['measure']} {goal['target']}".strip() for goal in whole.goals),
            *(f"{row['kind']}: {row['text']}, {row['amount']} ({row['source']})" for row in whole.rows),
            *(f"{label}: {amount}" for label, amount in whole.sums),
        ]
    )


def _questions(application: Application) -> Iterator[Entry]:
    matter = title_of(application)
    for one in questions_of(application):
        if not one.mend:  # sending back is a step, with its words
            yield Entry(one.at, matter, _("Asked of the applicant"), one.text, str(one.by))
        if one.answer and one.answered:
            yield Entry(one.answered, matter, _("The applicant's answer"), one.answer, str(one.answered_by))


def _steps(application: Application) -> Iterator[Entry]:
    steps = Step.objects.filter(subject_type=Application._meta.label_lower, subject_id=application.pk)
    for step in steps.exclude(name__in=TOLD_ELSEWHERE).select_related("by").order_by("at", "pk"):
        yield Entry(step.at, title_of(application), str(STEP_LABELS[step.name]), step.reason, str(step.by or ""))
