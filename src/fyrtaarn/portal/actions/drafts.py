"""What challenges and solutions share: taking over what a form says, finding the language, deleting drafts with a way back."""

from collections.abc import Mapping
from typing import Any, TypeVar

from fyrtaarn.engine.danish.language import language_of
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.versions import Conflict, claim_version

from ..models import Challenge, Solution
from ..models.drafts import DELETED_DRAFT_KEPT

D = TypeVar("D", Challenge, Solution)


def claim_draft(subject: D, version: int, page_key: str, *, typing: bool = False) -> D:
    """Lock the row for a save from an open page, as `claim_version` does.

    A page that saved last itself does not stand in its own way, though it has not heard of that save yet; but what it
    sent while she was `typing` may come late, and then it never overtakes what she saved after it.
    """
    try:
        current = claim_version(subject, version)
    except Conflict as conflict:
        if typing or not page_key or conflict.current.saved_from != page_key:
            raise
        current = claim_version(subject, conflict.current.version)
    current.saved_from = page_key
    return current


def assign(subject: Challenge | Solution, fields: Mapping[str, Any], texts: str) -> None:
    """Take over cleaned form values but lists of others; the language is that of the texts named. Saves nothing."""
    for name in fields.keys() - lists_of(subject):
        setattr(subject, name, fields[name])
    words = " ".join(getattr(subject, name) for name in texts.split())
    subject.language = language_of(words.lower().split())
    subject.updated = clock.now()


def save(subject: Challenge | Solution, fields: Mapping[str, Any]) -> None:
    """Save what was assigned, and the lists of others among the fields."""
    subject.save()
    for name in fields.keys() & lists_of(subject):
        getattr(subject, name).set(fields[name])


def lists_of(subject: Challenge | Solution) -> set[str]:
    """The names of the fields that hold lists of others."""
    return {field.name for field in subject._meta.many_to_many}


def mark_deleted(subject: Challenge | Solution, *, deleted: bool) -> None:
    """Take a draft away, or bring it back."""
    subject.deleted = clock.now() if deleted else None
    subject.save(update_fields=["deleted"])


def remove_deleted_drafts() -> int:
    """Remove for good the drafts deleted more than 30 days ago; returns how many."""
    before = clock.now() - DELETED_DRAFT_KEPT
    removed = 0
    for model in (Challenge, Solution):
        old = model.with_deleted.filter(deleted__lt=before)
        removed += old.count()
        old.delete()
    return removed
