"""Search: what is found, in which order, why, and what each facet counts."""

from random import Random
from typing import Any

import pytest
from django.http import QueryDict

from fyrtaarn.engine.matching import Document
from fyrtaarn.foundation import clock
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.codes import seeing
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Audience, Listing
from fyrtaarn.listings.search import Question, Scope, ask, ask_each, asking, reading, search
from fyrtaarn.listings.search.facets import FACETS, read_selection
from fyrtaarn.listings.search.results import snippet
from fyrtaarn.listings.suggesting import suggested_words
from fyrtaarn.topics.models import Theme
from tests.harness.people import make_employee, make_user
from tests.listings.samples import found, listed, titles

pytestmark = pytest.mark.django_db
FAMILIES = [facet.family for facet in FACETS if facet.family != "organisation"]


@pytest.fixture
def three(kolding: Any, koebenhavn: Any) -> list[Listing]:
    return [
        listed(kolding, "Cykelbaggården", "Unge reparerer gamle cykler og lærer et håndværk."),
        listed(kolding, "Brødrene Brød", "Et bageri, hvor mennesker med angst bager surdejsbrød."),
        listed(koebenhavn, "Den Grønne Gård", "Haveterapi for stressramte i en byhave."),
    ]


def test_without_a_question_the_newest_come_first(three: list[Listing]) -> None:
    assert found() == ["Den Grønne Gård", "Brødrene Brød", "Cykelbaggården"]
    assert found(sort="name") == ["Brødrene Brød", "Cykelbaggården", "Den Grønne Gård"]


def test_a_question_finds_across_different_words(three: list[Listing]) -> None:
    assert found("cykelværksted")[0] == "Cykelbaggården"
    assert found("bage brød sammen")[:1] == ["Brødrene Brød"]


def test_what_has_just_been_published_is_found_with_its_new_words(three: list[Listing], kolding: Any) -> None:
    fold()
    listed(kolding, "Xylofonhuset", "Vi bygger xylofoner.")
    assert found("xylofoner") == ["Xylofonhuset"]


def test_the_score_is_the_sum_of_what_is_explained(three: list[Listing]) -> None:
    results = search(Scope(), question=Document("", title="unge der reparerer cykler i gården", language="da"))
    assert results.hits
    for hit in results.hits:
        assert hit.match.score == sum(one.points for one in hit.match.contributions)
        assert hit.reasons
    answer = ask(Question(Document("", title="unge der reparerer cykler i gården", language="da"), Scope()))
    assert [hit.match.score for hit in results.hits] == [one.score for one in answer.found]


def test_questions_asked_together_are_answered_as_each_alone(three: list[Listing], at_most_queries: Any) -> None:
    fold()
    texts = ("unge der reparerer cykler i gården", "", "ensomme ældre", "unge")
    questions = [Question(Document("", title=text, language="da"), Scope()) for text in texts]
    with at_most_queries(2):
        together = ask_each(questions)
    assert together == [ask(question) for question in questions]
    assert any(answer.found for answer in together)


def test_words_are_marked_and_everything_else_escaped(kolding: Any) -> None:
    listed(kolding, "<b>Cykler</b> & co", "Cykler <script>alert(1)</script>")
    (hit,) = search(Scope(), question=Document("", title="cykler", language="da")).hits
    assert hit.title == "&lt;b&gt;<mark>Cykler</mark>&lt;/b&gt; &amp; co"
    assert "<script>" not in hit.snippet
    assert "<mark>Cykler</mark>" in hit.snippet


def test_a_long_text_is_shown_around_the_first_marked_word(kolding: Any) -> None:
    listed(
        kolding, "Huset", "Vi holder åbent hver dag. " * 30 + "Her er en trædrejebænk til alle. " + "Kom forbi. " * 40
    )
    (hit,) = search(Scope(), question=Document("", title="trædrejebænk", language="da")).hits
    assert "<mark>trædrejebænk</mark>" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert len(snippet("a" * 5000, None, "da")) < 300


def test_internal_listings_are_for_the_municipalitys_employees_alone(
    three: list[Listing], make_listing: Any, kolding: Any
) -> None:
    make_listing("offer", "Cykelkælderen", "Vi reparerer cykler.", audience=Audience.MUNICIPALITY)
    employee: Any = make_employee(kolding, "caseworker")
    council: Any = make_employee(kolding, "council_member")
    for user, sees in ((None, False), (make_user(), False), (council, False), (employee, True)):
        scope = Scope(seeing(user))
        assert ("Cykelkælderen" in found(scope=scope)) is sees
        assert ("Cykelkælderen" in found("cykler", scope)) is sees
        assert search(scope, families=FAMILIES).counts.total == (4 if sees else 3)
    fold()
    assert search(Scope(), families=FAMILIES).counts.total == 3
    assert "kind:offer" not in search(Scope(), families=FAMILIES).counts.by_code


@pytest.mark.parametrize("folded", [False, True])
def test_what_not_everybody_may_see_changes_nothing_for_others(
    three: list[Listing], make_listing: Any, kolding: Any, folded: bool
) -> None:
    questions = ["cykkler", "blivpåbanenn", "cykler", "gamle cykler til unge i en gård"]

    def seen(reader: Any) -> list[Any]:
        codes = seeing(reader)
        answers = ask_each([Question(Document("", title=one, language="da"), Scope(codes)) for one in questions])
        return [
            [(answer.plan, [(one.pk, one.score) for one in answer.found]) for answer in answers],
            [suggested_words(beginning, codes) for beginning in ("cyk", "xylo", "gam")],
        ]

    employee: Any = make_employee(kolding, "caseworker")
    fold()
    before = seen(None)
    for audience in (Audience.MUNICIPALITY, Audience.OWNERS):
        make_listing("offer", "Blivpåbanenn", "Cykkler, xylofoner og gamle cykler.", audience=audience)
    if folded:
        fold()
    assert seen(None) == seen(make_user()) == before
    plans, words = seen(employee)
    assert [plan.corrected for plan, _ in plans] == [(), (), (), ()], "she may read the words as they are written"
    assert all(found for _, found in plans)
    assert words == [["cykler"], ["xylofoner"] if folded else [], ["gamle"]]


def test_a_change_of_audience_moves_the_words(make_listing: Any, kolding: Any) -> None:
    listing = make_listing("offer", "Xylofonhuset", "Vi bygger xylofoner.")
    for audience, seen in ((Audience.MUNICIPALITY, []), (Audience.PUBLIC, ["Xylofonhuset"])):
        make_listing("offer", "Xylofonhuset", "Vi bygger xylofoner.", again=listing, audience=audience)
        assert found("xylofoner") == seen
        fold()
        assert found("xylofoner") == seen
        assert suggested_words("xylo", seeing(None)) == (["xylofoner"] if seen else [])


def test_counts_are_the_same_before_and_after_folding(three: list[Listing], kolding: Any, koebenhavn: Any) -> None:
    themes = [Theme.objects.create(name=name, name_en=name, slug=f"prøve-{name}") for name in "abc"]
    listed(kolding, "A", "a", themes=themes[:1])
    listed(kolding, "B", "b", themes=themes[:2])
    listed(koebenhavn, "C", "c", themes=themes[1:])
    selections: list[dict[str, tuple[str, ...]]] = [
        {},
        {"theme": (str(themes[0].pk),)},
        {"theme": (str(themes[0].pk), str(themes[1].pk)), "in": (str(koebenhavn.pk),)},
        {"theme": ("999999",)},
    ]

    def all_counts() -> list[Any]:
        answers = [search(Scope(), selection=selection, families=FAMILIES).counts for selection in selections]
        interesting = ("theme:", "in:", "kind:")
        return [(a.total, {c: n for c, n in a.by_code.items() if n and c.startswith(interesting)}) for a in answers]

    unfolded = all_counts()
    assert unfolded[1][0] == 2
    assert unfolded[1][1][f"theme:{themes[1].pk}"] == 2, "a facet counts without its own choice"
    assert unfolded[2][0] == 1
    fold()
    assert all_counts() == unfolded
    listed(kolding, "D", "d", themes=themes)
    half_folded = all_counts()
    fold()
    assert all_counts() == half_folded


def test_folding_after_changes_counts_terms_exactly(kolding: Any) -> None:
    from fyrtaarn.listings.models import Term, TermVector
    from fyrtaarn.listings.packing import vector

    listing = listed(kolding, "Huset", "brød og cykler")
    organisation = listing.organisation
    fold()
    organisation.what = "brød og haver"
    publish(organisation)
    fold()
    stored = TermVector.objects.get()
    held = set(vector(stored.terms, stored.weights))
    assert set(Term.objects.filter(frequency=1).values_list("pk", flat=True)) == held
    assert Term.objects.get(text="organisation/*").frequency == 1
    organisation.closed = listing.published
    publish(organisation)
    fold()
    assert not Term.objects.exclude(frequency=0).exists()


def test_pages_hold_together(kolding: Any) -> None:
    names = [f"Nummer {number:02}" for number in range(45)]
    for name in names:
        listed(kolding, name, "Et hus med cykler")
    for options in ({}, {"sort": "name"}, {"question": Document("", title="cykler", language="da")}):
        first = search(Scope(), **options)
        second = search(Scope(), after=first.after, **options)
        third = search(Scope(), after=second.after, **options)
        assert [len(page.hits) for page in (first, second, third)] == [20, 20, 5]
        assert sorted(titles(first) + titles(second) + titles(third)) == names
        assert (first.before, third.after) == ("", "")
        back = (
            search(Scope(), before=third.before, **options)
            if "question" not in options
            else search(Scope(), after=third.before, **options)
        )
        assert titles(back) == titles(second)


def test_equal_fits_change_places_with_the_day(kolding: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from fyrtaarn.foundation import clock

    for _ in range(6):
        listed(kolding, "Ens", "Ens hus med cykler")
    orders = []
    for day in (1, 1, 2, 3, 4):
        monkeypatch.setattr(clock, "today", lambda day=day: date(2026, 5, day))
        answer = ask(Question(Document("", title="cykler", language="da"), Scope()))
        orders.append(tuple(one.pk for one in answer.found))
    assert orders[0] == orders[1]
    assert len(set(orders)) > 2


@pytest.mark.parametrize("value", ["", "x", "-1", "٣", "1" * 40, "1;drop", "\x00", "é", "999999999999999999"])
def test_what_makes_no_sense_in_an_address_is_left_out(three: list[Listing], value: str) -> None:
    query = QueryDict(mutable=True)
    for facet in FACETS:
        query.appendlist(facet.parameter, value)
    selection = read_selection(query, FAMILIES)
    search(Scope(), selection=selection, families=FAMILIES, after=value, before=value)
    search(Scope(), selection=selection, question=Document("", title=value, language="da"), after=value)


@pytest.fixture
def sixty(kolding: Any, koebenhavn: Any) -> list[Listing]:
    words = ("cykler", "brød", "haver", "unge", "ældre", "værksted", "sang", "angst", "mad", "byhave")
    source = Random(4)
    listings = []
    for number in range(60):
        if number == 40:
            fold()
        home = source.choice((kolding, koebenhavn))
        listings.append(listed(home, f"Hus {number}", " ".join(source.choices(words, k=source.randrange(3, 12)))))
    return listings


def answers(monkeypatch: Any, few: int, most: int, koebenhavn: Any) -> list[Any]:
    monkeypatch.setattr(reading, "FEW", few)
    monkeypatch.setattr(reading, "MOST_READ", most)
    monkeypatch.setattr(reading, "MOST_READ_WITHIN", most)
    return [
        ask(Question(Document("", title=text, municipality=place, language="da"), scope))
        for text in ("cykler og brød", "unge med angst i en byhave", "sang", "ældre laver mad")
        for place in ("", str(koebenhavn.pk))
        for scope in (Scope(), Scope(municipality=koebenhavn.pk), Scope(kinds=("organisation",)))
    ]


def test_reading_postings_finds_the_same_as_scoring_all_listings(
    sixty: list[Listing], koebenhavn: Any, monkeypatch: Any
) -> None:
    for listing in (sixty[3], sixty[50]):
        listing.organisation.what = "brød og sang for ældre"
        publish(listing.organisation)
    sixty[5].organisation.closed = clock.now()
    publish(sixty[5].organisation)
    whole = answers(monkeypatch, 1_000, 10_000, koebenhavn)
    assert any(answer.found for answer in whole)
    assert answers(monkeypatch, 0, 10_000, koebenhavn) == whole
    fold()
    assert answers(monkeypatch, 0, 10_000, koebenhavn) == whole
    assert answers(monkeypatch, 1_000, 10_000, koebenhavn) == whole


def test_what_a_bounded_reading_finds_is_scored_exactly(
    sixty: list[Listing], koebenhavn: Any, monkeypatch: Any
) -> None:
    fold()
    whole = answers(monkeypatch, 1_000, 10_000, koebenhavn)
    bounded = answers(monkeypatch, 0, 40, koebenhavn)
    for all_read, some_read in zip(whole, bounded, strict=True):
        scores = {one.pk: one.score for one in all_read.found}
        assert some_read.found
        assert all(scores.get(one.pk, one.score) == one.score for one in some_read.found)
        assert some_read.found[0].score >= 0.8 * all_read.found[0].score


def test_a_folding_between_two_statements_loses_nothing(three: list[Listing], monkeypatch: Any) -> None:
    expected = found("cykler")

    def fold_first(*arguments: Any) -> Any:
        fold()
        return read_rows(*arguments)

    read_rows = asking.read_rows
    monkeypatch.setattr(reading, "FEW", 0)
    monkeypatch.setattr(asking, "read_rows", fold_first)
    assert found("cykler") == expected != []


def test_nobody_finds_what_she_may_not_see_however_the_index_is_wrong(
    three: list[Listing], kolding: Any, monkeypatch: Any
) -> None:
    fold()
    Listing.objects.filter(pk=three[0].pk).update(codes=[f"see:employee:{kolding.pk}", "kind:organisation"])
    for few in (0, 1_000):
        monkeypatch.setattr(reading, "FEW", few)
        assert found("cykler") == []
