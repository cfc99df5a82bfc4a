"""Versions: publishing the draft, going back to an earlier one, and taking a new one up."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from ..content import Change, as_json, changes_between, entry_as_json, errors_of
from ..models import VocabularyConcept, VocabularyVersion
from ..queries import draft_content, newest_content, newest_version
from ..rules import may_edit
from .editing import changing, locked_draft, write_changes

when_published: list[Callable[[VocabularyVersion], None]] = []
"""What other rooms do when a version is published, in the same transaction: read their texts anew, then `serve` it."""


def publish(draft_version: int, note: str, *, by: User) -> VocabularyVersion:
    """Publish the draft as the next version; `draft_version` is the one that the editor saw in the preview.

    Raises Refused when nothing has changed or something is wrong, Conflict when the draft has changed since.
    """
    with transaction.atomic(), because(note, by=by):
        require(may_edit(by))
        claim_version(locked_draft(), draft_version).save(update_fields=["version"])
        content = draft_content()
        if not changes_between(newest_content(), content):
            raise Refused(_("Nothing has changed since the newest version."))
        errors = errors_of(content)
        if errors:
            raise Refused(_("Something is wrong with the draft. Mend it first."))
        if VocabularyConcept.objects.exclude(conflict=None).exists():
            raise Refused(_("Settle first where your words and the product's differ."))
        return write_version(note, by)


def write_version(note: str, by: User | None) -> VocabularyVersion:
    """The draft, which the caller holds, as the next version."""
    newest = newest_version()
    version = VocabularyVersion.objects.create(
        number=newest.number + 1 if newest else 1, content=as_json(draft_content()), note=note, by=by
    )
    concepts = list(VocabularyConcept.objects.order_by("pk"))
    for concept in concepts:
        concept.published_as = None if concept.withdrawn else entry_as_json(concept.entry)
    VocabularyConcept.objects.bulk_update(concepts, ["published_as"], batch_size=500)
    for follow in when_published:
        follow(version)
    return version


def go_back_to(version: VocabularyVersion, *, by: User) -> int:
    """Bring the content of an earlier version into the draft, from where it is published as a new version.

    Returns how many concepts changed. Raises Refused when it is what the draft says already.
    """
    with changing(by, _t("As version %(number)s") % {"number": version.number}):
        changes: list[Change] = changes_between(draft_content(), version.entries)
        if not changes:
            raise Refused(_("The draft says the same already."))
        return write_changes(changes)


def note_progress(number: int, *, listings: int, looked_at: int, changed: int) -> None:
    """Note how far a version has been taken up."""
    VocabularyVersion.objects.filter(number=number).update(listings=listings, looked_at=looked_at, changed=changed)


def serve(number: int) -> None:
    """From now on questions are read with the version: all listings have been."""
    VocabularyVersion.objects.filter(number=number, serving_since=None).update(serving_since=clock.now())
