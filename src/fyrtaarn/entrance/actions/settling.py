"""What the municipality decides beforehand: topics, contact persons, absences, saved answers."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import Gone
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from .. import rules
from ..models import Absence, CaseTopic, ContactProfile, SavedAnswer


@transaction.atomic
def save_topic(user: User, topic: CaseTopic, values: dict[str, Any], version: int | None = None) -> CaseTopic:
    """Add a topic (without a version), or change one. Raises Refused, or Conflict when somebody was quicker."""
    require(rules.may_settle(user, topic.municipality_id))
    current = topic if version is None else claim_version(topic, version)
    department = values.get("department")
    if department is not None and department.municipality_id != current.municipality_id:
        raise Refused(rules.NOT_A_DEPARTMENT)
    _keep(current, values)
    return current


@transaction.atomic
def end_topic(user: User, topic: CaseTopic) -> None:
    """Nobody is asked about it any more; questions that had it keep it."""
    require(rules.may_settle(user, topic.municipality_id))
    CaseTopic.objects.filter(pk=topic.pk, ended=None).update(ended=clock.now(), straight=False)


@transaction.atomic
def save_contact(
    user: User, contact: ContactProfile, values: dict[str, Any], version: int | None = None
) -> ContactProfile:
    """Say what a contact person takes care of; only those who settle the entrance choose whom."""
    current = contact if version is None else claim_version(contact, version)
    if version is None:
        require(rules.may_settle(user, current.department.municipality_id))
    elif current.ended is not None:
        raise Gone
    require(rules.may_change_contact(user, current))
    deputy = values.get("deputy")
    if deputy is not None and deputy.department.municipality_id != current.department.municipality_id:
        raise Refused(rules.NOT_A_CONTACT)
    topics = values.pop("topics", None)
    _keep(current, values)
    if topics is not None:
        current.topics.set(topics)
    return current


@transaction.atomic
def end_contact(user: User, contact: ContactProfile) -> None:
    """She is no contact person any more; who had her as deputy has none."""
    require(rules.may_settle(user, contact.department.municipality_id))
    concerned = ContactProfile.objects.filter(Q(pk=contact.pk) | Q(deputy=contact)).select_for_update(no_key=True)
    list(concerned.order_by("pk"))  # two who stand in for each other may be ended at once
    ContactProfile.objects.filter(deputy=contact).update(deputy=None)
    ContactProfile.objects.filter(pk=contact.pk, ended=None).update(ended=clock.now())


@transaction.atomic
def note_absence(
    user: User, contact: ContactProfile, starts: date, ends: date, stand_in: ContactProfile | None
) -> Absence:
    """Say when a contact person is away, and who answers meanwhile."""
    require(rules.may_change_contact(user, contact))
    if ends <= starts or ends <= clock.today():
        raise Refused(rules.ABSENCE_ENDS_LATER)
    if stand_in is not None and (
        stand_in.pk == contact.pk or stand_in.department.municipality_id != contact.department.municipality_id
    ):
        raise Refused(rules.NOT_A_CONTACT)
    return Absence.objects.create(contact=contact, starts=starts, ends=ends, stand_in=stand_in)


@transaction.atomic
def remove_absence(user: User, absence: Absence) -> None:
    """She is there after all."""
    require(rules.may_change_contact(user, absence.contact))
    absence.delete()


@transaction.atomic
def save_answer(user: User, answer: SavedAnswer, values: dict[str, Any], version: int | None = None) -> SavedAnswer:
    """Keep an answer for next time, or change one."""
    current = answer if version is None else claim_version(answer, version)
    require(rules.may_write_answers(user, current.department))
    _keep(current, values)
    return current


def _keep(subject: Any, values: dict[str, Any]) -> None:
    """Save it; what may be there only once, and is there already, is said as a refusal."""
    for name, value in values.items():
        setattr(subject, name, value)
    try:
        with transaction.atomic():
            subject.save()
    except IntegrityError as taken:
        raise Refused(rules.IS_THERE) from taken
