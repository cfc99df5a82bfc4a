"""What everybody can read: the department's answers to what people ask most."""

from typing import Any

from django.db import transaction
from django.db.models import F

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from .. import rules
from ..models import Case, PublicAnswer
from .common import locked


@transaction.atomic
def save_public_answer(
    user: User, answer: PublicAnswer, values: dict[str, Any], version: int | None = None, case: Case | None = None
) -> PublicAnswer:
    """Write an answer for everybody (without a version), or change one. A new one may come from a `case`.

    Nobody else reads it before it is published. Raises Refused, or Conflict when somebody was quicker.
    """
    current = answer if version is None else claim_version(answer, version)
    require(rules.may_write_answers(user, current.department))
    topic = values.get("topic")
    if topic is not None and topic.municipality_id != current.department.municipality_id:
        raise Refused(rules.NOT_A_TOPIC)
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    if case is not None:
        link_known(user, case, current)
    return current


@transaction.atomic
def publish(user: User, answer: PublicAnswer) -> PublicAnswer:
    """Let everybody read it."""
    return _settle(user, answer, published=True)


@transaction.atomic
def withdraw(user: User, answer: PublicAnswer) -> PublicAnswer:
    """Let nobody but the department read it any more."""
    return _settle(user, answer, published=False)


def _settle(user: User, answer: PublicAnswer, *, published: bool) -> PublicAnswer:
    require(rules.may_write_answers(user, answer.department))
    current = PublicAnswer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    if bool(current.published) != published:
        current.published = clock.now() if published else None
        current.save(update_fields=["published"])
    return current


def note_helped(answer: PublicAnswer) -> None:
    """Count a reader who said that the answer helped her."""
    PublicAnswer.objects.filter(pk=answer.pk).update(helped=F("helped") + 1)


@transaction.atomic
def link_known(user: User, case: Case, answer: PublicAnswer | None) -> Case:
    """Note which of the public answers the case asks for, so that what is asked most stands first; None takes it back."""
    current = locked(case)
    require(rules.may_note(user, current))
    if answer is not None and answer.department.municipality_id != current.municipality_id:
        raise Refused(rules.NOT_AN_ANSWER)
    before = {current.known_id} if current.known_id else set()
    after = {answer.pk} if answer else set()
    if before != after:
        both = PublicAnswer.objects.filter(pk__in=before | after).select_for_update(no_key=True)
        list(both.order_by("pk"))  # in one order, so that two who exchange them do not block each other
        PublicAnswer.objects.filter(pk__in=before, asked__gt=0).update(asked=F("asked") - 1)
        PublicAnswer.objects.filter(pk__in=after).update(asked=F("asked") + 1)
        current.known = answer
        current.save(update_fields=["known"])
    return current
