"""A listing against all saved searches: the arrays give what reckoning with each search alone gives, at any moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fyrtaarn.engine.matching import Document, Facts, Plan, QueryTerm, analyse, candidate_terms, plan, score
from fyrtaarn.foundation import clock
from fyrtaarn.listings import upkeep, weighing
from fyrtaarn.listings.fitting import LEAST_FIT, fitting_searches
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.matches import question_of
from fyrtaarn.listings.models import Listing, SavedSearch, SearchTerm
from fyrtaarn.listings.packing import vector
from fyrtaarn.listings.saved import delete_search, save_search, tell_of
from fyrtaarn.listings.search.asking import facts_of, statistics_of
from fyrtaarn.listings.search.facets import groups_of, meets
from fyrtaarn.listings.terms import number_of, on_shelf
from fyrtaarn.listings.weighing import WHOLE, fold_searches, weigh_anew, weigh_new
from fyrtaarn.people.actions import appoint
from fyrtaarn.vocabulary import actions
from fyrtaarn.vocabulary.current import for_listings
from fyrtaarn.vocabulary.models import VocabularyConcept
from fyrtaarn.vocabulary.queries import draft_version
from tests.harness.people import make_user

Make = Callable[..., Listing]
WORDS = ("cykler", "surdejsbrød", "knallblip", "unge", "ældre", "værksted", "cykelværksted", "youth", "bicycles")

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
step = st.one_of(
    st.tuples(
        st.just("save"),
        texts,
        st.sampled_from(("", "offer", "wish")),
        st.sampled_from((None, 0, 1)),
        st.sampled_from(({}, {"stage": ("proven",)}, {"stage": ("idea", "tried"), "theme": ("7",)})),
    ),
    st.tuples(st.just("publish"), texts, st.sampled_from(("offer", "wish")), st.sampled_from(("proven", "idea", ""))),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.sampled_from(("weigh", "weigh anew", "fold", "vocabulary", "crash", "rebuild", "fold listings"))),
)


def plainly(listing: Listing) -> list[int]:
    """The searches that fit, each looked at by itself."""
    analysis = analyse(question_of(listing), for_listings())
    fitting = []
    for search in SavedSearch.objects.order_by("pk"):
        here = (listing.municipality_id, *listing.delivers_in)
        if search.kind not in ("", listing.kind) or search.created > listing.published:
            continue
        if search.municipality_id and not (listing.delivers_everywhere or search.municipality_id in here):
            continue
        if not meets(frozenset(listing.codes), groups_of(search.filters).values()):
            continue
        if not search.question or fit_of(search, listing, analysis.terms) >= LEAST_FIT:
            fitting.append(search.pk)
    return fitting


def fit_of(search: SavedSearch, listing: Listing, held: Any) -> int:
    asked = Facts(municipality=str(search.municipality_id or ""), language=search.language)
    facts = facts_of(
        asked,
        (),
        clock.today(),
        listing.municipality_id,
        listing.delivers_in,
        listing.delivers_everywhere,
        None,
        listing.goals,
        listing.language,
        listing.stage,
        listing.capacity,
        listing.fresh_until,
        listing.movable,
    )
    numbered = {str(number_of(on_shelf(search.kind, term))): weight for term, weight in held.items()}
    assert search.terms is not None
    shares = vector(search.terms, search.shares)
    wanted = Plan(tuple(QueryTerm(str(term), share, ("ord",)) for term, share in shares.items()), asked, WHOLE * 100)
    return score(wanted, numbered, facts).fit


@pytest.fixture
def editor(kolding: Any) -> Any:
    actions.take_shipped()
    actions.serve(1)
    editor = make_user("Rosa")
    appoint(editor, "vocabulary_editor")
    return editor


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(step, min_size=3, max_size=14))
def test_after_any_history_the_arrays_give_what_each_search_gives_alone(
    editor: Any, kolding: Any, koebenhavn: Any, make_listing: Make, history: list[Any]
) -> None:
    reader = make_user("Rikke Læser")
    homes = (kolding, koebenhavn)

    def happen(what: str, *how: Any) -> None:
        if what == "save":
            text, kind, home, selection = how
            place = None if home is None else homes[home]
            save_search(reader, name="x", kind=kind, municipality=place, question=text, selection=selection)
        elif what == "publish":
            text, kind, stage = how
            listing = make_listing(kind, "Huset", text, stage=stage, published=clock.now() + timedelta(seconds=1))
            assert fitting_searches(listing) == plainly(listing)
        elif what == "delete":
            for search in SavedSearch.objects.order_by("pk")[how[0] : how[0] + 1]:
                delete_search(search)
        elif what == "vocabulary":
            concept = VocabularyConcept.objects.filter(danish__contains=["cykel"], kind="c").order_by("pk")[0]
            more = (*concept.danish, f"knallblip{concept.version}" if "knallblip" in concept.danish else "knallblip")
            entry = replace(concept.entry, danish=more)
            actions.change_concept(concept, entry, version=concept.version, by=editor)
            actions.publish(draft_version(), "Nyt ord", by=editor)
        elif what == "crash":
            with transaction.atomic():
                weigh_anew()
                fold_searches()
                transaction.set_rollback(True)
        elif what == "rebuild":
            list(upkeep.rebuild())
        else:
            {"weigh": weigh_new, "weigh anew": weigh_anew, "fold": fold_searches, "fold listings": fold}[what]()

    with transaction.atomic():
        for each in history:
            happen(*each)
            assert upkeep.wrong_searches() == []
        listings = [
            make_listing("offer", "Cykelværkstedet", text, municipality=home, stage=stage, themes=themes, **facts)
            for home, text, stage, themes, facts in (
                (kolding, "Unge reparerer cykler.", "proven", (), {}),
                (koebenhavn, "Ældre og knallblip", "idea", (7,), {"delivers_everywhere": True}),
                (koebenhavn, "Youth with bicycles", "", (), {"language": "en", "delivers_in": (kolding.pk,)}),
            )
        ]
        for listing in listings:
            assert fitting_searches(listing) == plainly(listing)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_search_is_weighed_as_the_page_would_ask(make_listing: Make, kolding: Any) -> None:
    for number in range(12):
        make_listing("offer", f"Hus {number}", "Unge reparerer cykler." if number % 3 else "Et bageri.")
        make_listing("wish", f"Ønske {number}", "Cykler til unge.")
    search = save_search(make_user(), name="x", kind="offer", question="cykler til unge")
    weigh_new()
    search.refresh_from_db()
    question = Document("", title="cykler til unge")
    asked = plan(question, statistics_of(candidate_terms(question), ["offer"]))
    shares = {number_of(f"offer/{term}"): share for term, share in weighing.shares_of(asked).items()}
    assert search.terms is not None
    assert vector(search.terms, search.shares) == shares
    assert abs(sum(shares.values()) - WHOLE) < len(shares)


@pytest.mark.django_db
def test_a_search_for_what_nobody_has_offered_yet_finds_the_first(make_listing: Make, kolding: Any) -> None:
    make_listing("offer", "Brødrene Brød", "Et bageri.")
    save_search(make_user(), name="x", question="xylofonværksted")
    weigh_new()
    fold_searches()
    assert tell_of(make_listing("offer", "Xylofonværkstedet", "Vi bygger xylofoner.").pk) == 1


@pytest.mark.django_db
def test_words_of_internal_listings_do_not_weigh(make_listing: Make, kolding: Any) -> None:
    search = save_search(make_user(), name="x", question="cykler til unge")
    make_listing("offer", "Cykelværkstedet", "Vi reparerer cykler med unge.")
    weigh_anew()
    search.refresh_from_db()
    before = search.shares
    for _ in range(5):
        make_listing("offer", "Cykelkælderen", "Cykler", audience="municipality")
    assert weigh_anew() == 0
    search.refresh_from_db()
    assert search.shares == before


@pytest.mark.django_db
def test_a_folding_forgets_deleted_searches_and_waits_for_many(
    kolding: Any, make_listing: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "MOST_UNFOLDED", 2)
    reader = make_user()
    for folded in (False, False, True):
        save_search(reader, name="x", question="cykler")
        weigh_new()
        weighing.fold_many()
        assert SearchTerm.objects.exists() is folded
    SavedSearch.objects.all().delete()
    assert fitting_searches(make_listing("offer", "Cykelværkstedet")) == []
    fold_searches()
    assert not SearchTerm.objects.exists()
