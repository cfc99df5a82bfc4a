"""What a release of the product brings is joined with what has been changed here."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _t

from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.notices import tell
from fyrtaarn.foundation.sorting import danish_key

from ..content import Content, Entry, as_json, changes_between, entry_as_json, errors_of, from_json, merge, shipped
from ..models import VocabularyConcept, VocabularyVersion
from ..notices import CAME_WITH_PRODUCT
from ..queries import draft_content, editors, newest_content
from .editing import locked_draft
from .publishing import write_version


@transaction.atomic
def take_shipped(brought: Content | None = None) -> VocabularyVersion | None:
    """Take up the words that this release ships (or those given), three ways: what was shipped before, ours, theirs.

    The first time they become version 1. Later, if nothing waited in the draft and nothing conflicts, they become a
    new version at once; otherwise the editors are told. Gives the new version, if any. May be run any number of times.
    """
    theirs = shipped() if brought is None else brought
    draft = locked_draft()
    base = from_json(draft.shipped)
    if not changes_between(base, theirs):
        return None
    untouched = not changes_between(newest_content(), draft_content())
    with because("shipped with the product"):
        conflicts = _join(base, theirs)
        draft.shipped = as_json(theirs)
        draft.version += 1
        draft.save()
        if not changes_between(newest_content(), draft_content()) and not conflicts:
            return None
        if untouched and not conflicts and not errors_of(draft_content()):
            return write_version(_t("Words that come with the product"), by=None)
        tell(CAME_WITH_PRODUCT, editors(), path=reverse("vocabulary:draft"), params={"conflicts": conflicts})
    return None


def _join(base: Content, theirs: Content) -> int:
    """Merge into the draft; returns how many concepts conflict."""
    concepts = {concept.term: concept for concept in VocabularyConcept.objects.order_by("pk")}
    conflicts = 0
    new = []
    for change in changes_between(base, theirs):
        term = change.entry.term
        concept = concepts.get(term)
        if concept is None:
            if change.new:
                new.append(_concept(change.new))
            continue
        ours = None if concept.withdrawn else concept.entry
        merged = merge(base.get(term), ours, theirs.get(term))
        if merged.conflict:
            conflicts += 1
            concept.conflict = entry_as_json(change.new) if change.new else {}
        if merged.entry:
            concept.take(merged.entry)
        concept.withdrawn = merged.entry is None
        concept.version += 1
        concept.save()
    VocabularyConcept.objects.bulk_create(new, batch_size=500)
    return conflicts


def _concept(entry: Entry) -> VocabularyConcept:
    concept = VocabularyConcept(key=entry.key, kind=entry.kind, sort_key=danish_key(entry.label_da))
    concept.take(entry)
    return concept
