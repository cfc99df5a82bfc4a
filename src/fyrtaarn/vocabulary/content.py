"""A whole vocabulary as a value: compared, merged and judged without a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.engine.matching import Concept, Taxonomy, build, shipped_concepts
from fyrtaarn.engine.matching.taxonomy import LONGEST_PHRASE, base_key

LISTS = ("broader", "danish", "english")
TEXTS = ("label_da", "label_en", "note")
LIST_HEADINGS = {"danish": _("Danish words"), "english": _("English words"), "broader": _("Broader concepts")}
TEXT_HEADINGS = {"label_da": _("Danish name"), "label_en": _("English name"), "note": _("Note")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept as a version of the vocabulary holds it. `broader` are keys of the same kind."""

    key: str
    kind: str
    label_da: str = ""
    label_en: str = ""
    broader: tuple[str, ...] = ()
    danish: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    note: str = ""

    @property
    def term(self) -> str:
        """The index term, by which the entry is known in every version."""
        return f"{self.kind}:{self.key}"


Content = Mapping[str, Entry]
"""All entries by their term."""


def content_of(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.term: entry for entry in entries}


def as_json(content: Content) -> list[dict[str, Any]]:
    """The entries in the order of their terms, as JSON keeps them."""
    return [entry_as_json(content[term]) for term in sorted(content)]


def entry_as_json(entry: Entry) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(entry).items()}


def entry_from_json(row: Mapping[str, Any]) -> Entry:
    """An entry from what `entry_as_json` gave."""
    values: dict[str, Any] = {name: tuple(value) if name in LISTS else value for name, value in row.items()}
    return Entry(**values)


def entry_or_none(value: Mapping[str, Any] | None) -> Entry | None:
    """The entry that a JSON field holds; None for none."""
    return entry_from_json(value) if value else None


def from_json(rows: Iterable[Mapping[str, Any]]) -> dict[str, Entry]:
    return content_of(map(entry_from_json, rows))


def taxonomy_of(content: Content) -> Taxonomy:
    """The content as the engine reads it. Raises TaxonomyError for what `errors_of` would name."""
    return build(
        Concept(e.key, e.kind, e.broader, e.danish, e.english, e.label_da, e.label_en) for e in content.values()
    )


@lru_cache(maxsize=1)
def shipped() -> Content:
    """The vocabulary that comes with the product."""
    return content_of(
        Entry(
            concept.name,
            concept.kind,
            concept.label_da or concept.name,
            concept.label_en or next(iter(concept.english), ""),
            concept.broader,
            concept.danish,
            concept.english,
        )
        for concept in shipped_concepts()
    )


# What has changed


@dataclass(frozen=True)
class Change:
    """How one entry differs between two vocabularies; None where it is not there."""

    old: Entry | None
    new: Entry | None

    @property
    def entry(self) -> Entry:
        found = self.new or self.old
        if found is None:
            raise ValueError("a change of nothing")
        return found

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_gone(self) -> bool:
        return self.new is None

    def words(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What has come to a list of words, and what has left it."""
        before = getattr(self.old, name) if self.old else ()
        after = getattr(self.new, name) if self.new else ()
        return tuple(w for w in after if w not in before), tuple(w for w in before if w not in after)

    @property
    def added(self) -> tuple[str, ...]:
        """All new words, Danish first."""
        return self.words("danish")[0] + self.words("english")[0]

    @property
    def removed(self) -> tuple[str, ...]:
        return self.words("danish")[1] + self.words("english")[1]

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """(field, before, after) of labels and note that differ."""
        return [
            (name, getattr(self.old, name, ""), getattr(self.new, name, ""))
            for name in TEXTS
            if self.old and self.new and getattr(self.old, name) != getattr(self.new, name)
        ]

    @property
    def lists(self) -> list[tuple[str | Promise, tuple[tuple[str, ...], tuple[str, ...]]]]:
        """What came to and left each list, by its heading."""
        return [(heading, self.words(name)) for name, heading in LIST_HEADINGS.items()]

    @property
    def named_texts(self) -> list[tuple[str | Promise, str, str]]:
        """The texts that differ, by their headings."""
        return [(TEXT_HEADINGS[name], before, after) for name, before, after in self.texts]


def changes_between(old: Content, new: Content) -> list[Change]:
    """What differs, in the order of terms."""
    return [
        Change(old.get(term), new.get(term)) for term in sorted({*old, *new}) if not same(old.get(term), new.get(term))
    ]


def same(one: Entry | None, other: Entry | None) -> bool:
    """Whether two entries say the same: the order of their words says nothing."""
    if one is None or other is None:
        return one is other
    return all(
        set(getattr(one, f.name)) == set(getattr(other, f.name))
        if f.name in LISTS
        else getattr(one, f.name) == getattr(other, f.name)
        for f in fields(Entry)
    )


# Three ways together


@dataclass(frozen=True)
class Merged:
    """What becomes of one entry; `conflict` when both sides changed what cannot be joined: then ours stands."""

    entry: Entry | None
    conflict: bool = False


def merge(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Merged:
    """Join two changes of one entry: words of both come in, what either took out stays out.

    A conflict: a label or note that both changed differently, or taken out by one and changed by the other.
    """
    if same(ours, theirs) or same(base, theirs):
        return Merged(ours)
    if same(base, ours):
        return Merged(theirs)
    if ours is None or theirs is None:
        return Merged(ours, conflict=True)
    before = base or Entry(ours.key, ours.kind)
    values: dict[str, Any] = {
        name: merged_words(getattr(before, name), getattr(ours, name), getattr(theirs, name)) for name in LISTS
    }
    conflict = False
    for name in TEXTS:
        was, mine, other = getattr(before, name), getattr(ours, name), getattr(theirs, name)
        values[name] = other if mine == was else mine
        conflict |= mine != was and other != was and mine != other
    return Merged(replace(ours, **values), conflict)


def merged_words(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Ours in their order without what they took out, then what they added."""
    gone = set(base) - set(theirs)
    kept = [word for word in ours if word not in gone]
    return tuple(dict.fromkeys([*kept, *(word for word in theirs if word not in base)]))


# What is wrong


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry in plain words; an error keeps a version from being published."""

    term: str
    message: str | Promise
    params: tuple[tuple[str, str], ...] = ()
    is_error: bool = True

    def __str__(self) -> str:
        return str(self.message) % dict(self.params)


def faults_of(content: Content) -> list[Fault]:
    """Everything that is wrong or worth a second look, errors first, by term."""
    found = [fault for entry in content.values() for fault in _faults(entry, content)]
    found += _loops(content)
    found += _shared_words(content)
    return sorted(found, key=lambda fault: (not fault.is_error, fault.term, str(fault.message)))


def errors_of(content: Content) -> list[Fault]:
    """What keeps the content from being published."""
    return [fault for fault in faults_of(content) if fault.is_error]


def _faults(entry: Entry, content: Content) -> Iterator[Fault]:
    if not entry.label_da.strip():
        yield Fault(entry.term, _("It has no Danish name."))
    if not (entry.danish or entry.english):
        yield Fault(entry.term, _("No word leads to it, so nobody will find it."))
    if not entry.label_en.strip():
        yield Fault(entry.term, _("It has no English name, so English readers see the Danish one."), is_error=False)
    for key in entry.broader:
        if f"{entry.kind}:{key}" not in content:
            yield Fault(entry.term, _("Its broader concept “%(key)s” is not there."), (("key", key),))
    for language, listed in (("da", entry.danish), ("en", entry.english)):
        for phrase in listed:
            length = len(base_key(phrase, language).split())
            if length == 0:
                yield Fault(entry.term, _("“%(word)s” has no letters."), (("word", phrase),))
            elif length > LONGEST_PHRASE:
                yield Fault(
                    entry.term,
                    _("“%(word)s” has more words than search reads at a time (%(most)s)."),
                    (("word", phrase), ("most", str(LONGEST_PHRASE))),
                    is_error=False,
                )


def _loops(content: Content) -> Iterator[Fault]:
    """Entries that are broader than themselves, by way of others."""
    for term, entry in content.items():
        reached: set[str] = set()
        waiting = [f"{entry.kind}:{key}" for key in entry.broader]
        while waiting:
            one = waiting.pop()
            if one in reached or one not in content:
                continue
            reached.add(one)
            waiting += [f"{entry.kind}:{key}" for key in content[one].broader]
        if term in reached:
            yield Fault(term, _("It is broader than itself, by way of its own broader concepts."))


def _shared_words(content: Content) -> Iterator[Fault]:
    """Words that lead to two entries of a kind: often right, but search then cannot tell which is meant."""
    holders: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in content.values():
        for language, listed in (("da", entry.danish), ("en", entry.english)):
            for word in dict.fromkeys(listed):
                holders[entry.kind, language, word.casefold()].append(entry)
    for (_kind, _language, word), entries in holders.items():
        for entry in entries if len(entries) > 1 else ():
            others = ", ".join(other.label_da for other in entries if other is not entry)
            yield Fault(
                entry.term,
                _("“%(word)s” also leads to %(others)s."),
                (("word", word), ("others", others)),
                is_error=False,
            )
