"""Edits of the draft."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from ..content import Change, Content, Entry, entry_from_json, merged_words
from ..models import VocabularyConcept, VocabularyDraft
from ..rules import may_edit


@contextmanager
def changing(by: User | None, why: str = "") -> Iterator[VocabularyDraft]:
    """A transaction that holds the draft, counts it up and notes why. Raises Refused; `by` None is the product itself."""
    with transaction.atomic(), because(why, by=by):
        if by is not None:
            require(may_edit(by))
        draft = locked_draft()
        draft.version += 1
        draft.save(update_fields=["version"])
        yield draft


def locked_draft() -> VocabularyDraft:
    """The draft's row, made at first need, held until the transaction ends."""
    VocabularyDraft.objects.bulk_create([VocabularyDraft(pk=1)], ignore_conflicts=True)
    return VocabularyDraft.objects.select_for_update(no_key=True).get(pk=1)


def add_concept(entry: Entry, *, by: User, why: str = "") -> VocabularyConcept:
    """Add a concept; its key is made from its Danish name when it has none. Raises Refused."""
    with changing(by, why):
        concept = _added(entry)
        log_step(concept, "add", "", "", by=by, reason=why)
    return concept


def _added(entry: Entry) -> VocabularyConcept:
    concept = VocabularyConcept(key=entry.key or free_key(entry), kind=entry.kind)
    concept.take(entry)
    concept.save()
    return concept


def free_key(entry: Entry) -> str:
    """A key that no concept of the kind has had."""
    wanted = danish_slug(entry.label_da)[:70] or "begreb"
    taken = set(VocabularyConcept.objects.filter(kind=entry.kind).order_by().values_list("key", flat=True))
    return next(key for n in range(1, len(taken) + 2) if (key := wanted if n == 1 else f"{wanted}-{n}") not in taken)


def change_concept(
    concept: VocabularyConcept, entry: Entry, *, version: int, by: User, why: str = ""
) -> VocabularyConcept:
    """Let a concept say what the entry says; `version` is the one that the person saw. Raises Refused, Conflict."""
    with changing(by, why):
        locked = claim_version(concept, version)
        locked.take(entry)
        locked.save()
        log_step(locked, "change", "", "", by=by, reason=why)
    return locked


def withdraw(concept: VocabularyConcept, *, by: User, why: str = "") -> None:
    """Take a concept out of the draft; it stays in earlier versions, and can be restored. Raises Refused."""
    with changing(by, why):
        locked = _locked(concept)
        narrower = VocabularyConcept.objects.filter(kind=locked.kind, broader__contains=[locked.key], withdrawn=False)
        names = ", ".join(narrower.values_list("label_da", flat=True)[:5])
        if names:
            reason = _("Other concepts lie below it: %(names)s. Give them another broader concept first.")
            raise Refused(reason % {"names": names})
        _set_withdrawn(locked, True)
        log_step(locked, "withdraw", "", "", by=by, reason=why)


def restore(concept: VocabularyConcept, *, by: User) -> None:
    """Bring a withdrawn concept back. Raises Refused."""
    with changing(by):
        locked = _locked(concept)
        _set_withdrawn(locked, False)
        log_step(locked, "restore", "", "", by=by)


def undo(concept: VocabularyConcept, *, by: User) -> None:
    """Let a concept be as the newest version has it; one that no version has is withdrawn. Raises Refused."""
    with changing(by):
        locked = _locked(concept)
        if locked.published_as:
            locked.take(entry_from_json(locked.published_as))
        locked.withdrawn = locked.published_as is None
        locked.version += 1
        locked.save()
        log_step(locked, "undo", "", "", by=by)


def merge_concepts(concept: VocabularyConcept, into: VocabularyConcept, *, by: User, why: str = "") -> None:
    """Give all words of a concept to another, with its narrower concepts, and withdraw it. Raises Refused."""
    with changing(by, why):
        one, other = _locked(concept), _locked(into)
        if one == other or one.kind != other.kind or other.withdrawn or one.withdrawn:
            raise Refused(_("Choose another concept of the same kind."))
        other.take(
            replace(
                other.entry,
                danish=merged_words((), other.danish, one.danish),
                english=merged_words((), other.english, one.english),
                broader=tuple(key for key in other.broader if key != one.key),
            )
        )
        other.version += 1
        other.save()
        for narrower in VocabularyConcept.objects.filter(kind=one.kind, broader__contains=[one.key]).order_by("pk"):
            if narrower == other:
                continue
            keys = [other.key if key == one.key else key for key in narrower.broader]
            narrower.broader = [key for key in dict.fromkeys(keys) if key != narrower.key]
            narrower.version += 1
            narrower.save()
        _set_withdrawn(one, True)
        log_step(one, "merge", one.term, other.term, by=by, reason=why)


def split_concept(
    concept: VocabularyConcept, label_da: str, label_en: str, words: Iterable[str], *, by: User, why: str = ""
) -> VocabularyConcept:
    """Move some words of a concept to a new one below the same broader concepts. Raises Refused."""
    chosen = frozenset(words)
    with changing(by, why):
        one = _locked(concept)
        moved: dict[str, Any] = {
            name: tuple(w for w in getattr(one, name) if w in chosen) for name in ("danish", "english")
        }
        if not any(moved.values()):
            raise Refused(_("Choose the words that the new concept gets."))
        if chosen.issuperset(one.danish + one.english):
            raise Refused(_("Leave at least one word where it is."))
        new = _added(Entry("", one.kind, label_da, label_en, tuple(one.broader), **moved))
        one.danish = [word for word in one.danish if word not in chosen]
        one.english = [word for word in one.english if word not in chosen]
        one.version += 1
        one.save()
        log_step(one, "split", one.term, new.term, by=by, reason=why)
    return new


def settle(concept: VocabularyConcept, *, theirs: bool, by: User) -> None:
    """Settle a conflict with what the product ships: take it, or keep ours. Raises Refused."""
    with changing(by):
        locked = _locked(concept)
        if locked.conflict is None:
            raise Refused(_("It has been settled already."))
        if theirs:
            locked.withdrawn = not locked.conflict
            if locked.conflict:
                locked.take(entry_from_json(locked.conflict))
        locked.conflict = None
        locked.version += 1
        locked.save()
        log_step(locked, "settle", "", "theirs" if theirs else "ours", by=by)


def take_in(content: Content, draft_version: int, *, by: User, why: str) -> int:
    """Let the draft's concepts say what an imported content says; those that it lacks stay. Returns how many changed.

    `draft_version` is the one that the preview was made from. Raises Refused, Conflict.
    """
    with transaction.atomic(), because(why, by=by):
        require(may_edit(by))
        claim_version(locked_draft(), draft_version).save(update_fields=["version"])
        return write_changes([Change(None, entry) for entry in content.values()])


def write_changes(changes: Sequence[Change]) -> int:
    """Write what the changes say into the draft, which the caller holds; returns how many concepts differ from before."""
    concepts = {concept.term: concept for concept in VocabularyConcept.objects.order_by("pk")}
    written = 0
    for change in changes:
        concept = concepts.get(change.entry.term)
        if concept is None:
            if change.new:
                _added(change.new)
                written += 1
            continue
        before = (concept.entry, concept.withdrawn)
        if change.new:
            concept.take(change.new)
        concept.withdrawn = change.new is None
        if (concept.entry, concept.withdrawn) != before:
            concept.version += 1
            concept.save()
            written += 1
    return written


def _locked(concept: VocabularyConcept) -> VocabularyConcept:
    return VocabularyConcept.objects.select_for_update(of=("self",), no_key=True).get(pk=concept.pk)


def _set_withdrawn(locked: VocabularyConcept, withdrawn: bool) -> None:
    locked.withdrawn = withdrawn
    locked.version += 1
    locked.save()
