"""Vocabularies as values: three-way merging holds for any three, differences and faults are told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.matching import default_taxonomy
from fyrtaarn.vocabulary.content import (
    Entry,
    as_json,
    changes_between,
    content_of,
    errors_of,
    faults_of,
    from_json,
    merge,
    same,
    shipped,
    taxonomy_of,
)

words = st.lists(st.sampled_from(["cykel", "hus", "have", "mad", "ung", "by"]), unique=True, max_size=4).map(tuple)
labels = st.sampled_from(["A", "B", "C"])
entries = st.builds(
    Entry,
    key=st.just("x"),
    kind=st.just("c"),
    label_da=labels,
    label_en=labels,
    broader=words,
    danish=words,
    english=words,
    note=labels,
)
sides = st.one_of(st.none(), entries)


@given(sides, sides)
def test_who_changed_nothing_gets_the_others_change(base: Entry | None, other: Entry | None) -> None:
    assert same(merge(base, base, other).entry, other)
    assert same(merge(base, other, base).entry, other)
    assert same(merge(base, other, other).entry, other)
    assert not any(merge(*three).conflict for three in [(base, base, other), (base, other, base), (base, other, other)])


@given(sides, sides, sides)
def test_ours_stays_and_merging_again_changes_nothing(
    base: Entry | None, ours: Entry | None, theirs: Entry | None
) -> None:
    merged = merge(base, ours, theirs).entry
    again = merge(theirs, merged, theirs)
    assert same(again.entry, merged)
    assert not again.conflict


@given(entries, entries, entries)
def test_words_of_both_come_in_and_what_either_took_out_stays_out(base: Entry, ours: Entry, theirs: Entry) -> None:
    merged = merge(base, ours, theirs).entry
    assert merged is not None
    for name in ("danish", "english", "broader"):
        was, mine, other = (set(getattr(one, name)) for one in (base, ours, theirs))
        got = getattr(merged, name)
        assert set(got) == (was & mine & other) | (mine - was) | (other - was)
        assert len(got) == len(set(got))


@given(entries, entries, entries)
def test_a_conflict_is_told_exactly_where_both_changed_a_text_differently(
    base: Entry, ours: Entry, theirs: Entry
) -> None:
    clashing = any(
        len({getattr(one, name) for one in (base, ours, theirs)}) == 3 for name in ("label_da", "label_en", "note")
    )
    whole = same(ours, theirs) or same(base, theirs) or same(base, ours)
    assert merge(base, ours, theirs).conflict == (clashing and not whole)


@given(entries, entries)
def test_withdrawn_by_one_and_changed_by_the_other_is_a_conflict_that_keeps_ours(base: Entry, changed: Entry) -> None:
    if same(base, changed):
        return
    assert merge(base, None, changed) == merge(base, None, changed)
    assert merge(base, None, changed).entry is None
    assert merge(base, None, changed).conflict
    assert merge(base, changed, None).entry == changed
    assert merge(base, changed, None).conflict


def test_the_shipped_vocabulary_is_whole_and_reads_as_the_engine_reads_it() -> None:
    assert errors_of(shipped()) == []
    ours, engines = taxonomy_of(shipped()), default_taxonomy()
    assert ours.words == engines.words
    assert ours.openers == engines.openers
    term = "c:beskæftigelse"
    assert [ours.label(term, language) for language in ("da", "en")] == [
        engines.label(term, language) for language in ("da", "en")
    ]


def test_json_keeps_everything() -> None:
    assert from_json(as_json(shipped())) == shipped()


def test_a_change_says_what_came_and_what_went() -> None:
    old = Entry("a", "c", "A", "A", danish=("cykel", "by"), english=("bike",))
    new = replace(old, danish=("cykel", "hus"), label_en="Bicycle")
    [change] = changes_between(content_of([old]), content_of([new]))
    assert (change.added, change.removed) == (("hus",), ("by",))
    assert change.texts == [("label_en", "A", "Bicycle")]
    assert not changes_between(content_of([old]), content_of([replace(old, danish=("by", "cykel"))]))


def test_faults_are_named_in_words() -> None:
    content = content_of(
        [
            Entry("tom", "c", " ", "Empty", danish=("cykel",)),
            Entry("ordløs", "c", "Ordløs", "Wordless"),
            Entry("a", "c", "A", "A", broader=("b",), danish=("hus",)),
            Entry("b", "c", "B", "B", broader=("a",), danish=("hus",)),
            Entry("forældreløs", "c", "F", "F", broader=("findes ikke",), danish=("et to tre fire fem seks",)),
        ]
    )
    said = {(fault.term, str(fault)) for fault in faults_of(content)}
    told = {term for term, _ in said}
    assert told == {"c:tom", "c:ordløs", "c:a", "c:b", "c:forældreløs"}
    errors = {fault.term for fault in errors_of(content)}
    assert errors == told
    shared = [fault for fault in faults_of(content) if dict(fault.params).get("others")]
    assert {(fault.term, dict(fault.params).get("others")) for fault in shared} == {("c:a", "B"), ("c:b", "A")}


def test_a_shared_word_does_not_stop_a_version() -> None:
    content = content_of([Entry(key, "c", key, key, danish=("hus",)) for key in "ab"])
    assert len(faults_of(content)) == 2
    assert errors_of(content) == []
