"""The index equals the data: after any history, and after a rebuild. After crashes: test_processes.py."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fyrtaarn.foundation import clock
from fyrtaarn.listings import upkeep
from fyrtaarn.listings.actions import publish, retire
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Listing, Term, TermVector, Unfolded
from fyrtaarn.topics.models import Theme
from tests.harness.people import make_organisation
from tests.listings.samples import listed

WORDS = ("cykler", "brød", "haver", "unge", "ældre", "værksted", "sang")


def faults() -> list[str]:
    return [
        *(str(fault) for _, wrong in upkeep.compare() for fault in wrong),
        *map(str, upkeep.wrong_postings()),
        *map(str, upkeep.wrong_blocks()),
        *map(str, upkeep.wrong_searches()),
    ]


step = st.tuples(
    st.integers(0, 3),
    st.sampled_from(("write", "theme", "close", "open", "fold")),
    st.lists(st.sampled_from(WORDS), max_size=5),
)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(step, max_size=12))
def test_after_any_history_the_index_is_what_the_data_say(kolding: Any, history: list[Any]) -> None:
    with transaction.atomic():
        theme = Theme.objects.create(slug="prøve", name="Prøve", name_en="Sample")
        organisations: list[Any] = [make_organisation(kolding, f"Hus {number}") for number in range(4)]
        for organisation in organisations:
            publish(organisation)
        for number, what, words in history:
            happen(organisations[number], what, words, theme)
        assert faults() == []
        fold()
        assert not Unfolded.objects.exists()
        assert faults() == []
        transaction.set_rollback(True)


def happen(organisation: Any, what: str, words: list[str], theme: Theme) -> None:
    if what == "fold":
        fold()
        return
    if what == "write":
        organisation.what = " ".join(words)
    elif what == "theme":
        organisation.themes.set([] if organisation.themes.exists() else [theme])
    else:
        organisation.closed = clock.now() if what == "close" else None
    organisation.save()
    publish(organisation)


@pytest.mark.django_db
def test_rebuild_mends_every_kind_of_damage(kolding: Any) -> None:
    listings = [listed(kolding, f"Hus {number}", " ".join(WORDS[: number + 1])) for number in range(5)]
    fold()
    assert faults() == []
    TermVector.objects.filter(listing=listings[0]).delete()
    Listing.objects.filter(pk=listings[1].pk).update(title="Forkert", codes=["theme:1"])
    Listing.objects.filter(pk=listings[2].pk).update(ended=clock.now(), codes=[])
    Term.objects.filter(text__endswith="w:sang").update(frequency=70)
    Term.objects.filter(text__endswith="w:unge").delete()
    Term.objects.filter(text__endswith="*").update(listings=b"\0\0\0\1")
    listings[3].organisation.closed = clock.now()
    listings[3].organisation.save()
    assert len(faults()) > 4
    assert sum(looked for looked, _ in upkeep.rebuild()) == 5
    assert faults() == []
    assert sum(renewed for _, renewed in upkeep.rebuild()) == 0


@pytest.mark.django_db
def test_retiring_something_unknown_does_nothing(kolding: Any) -> None:
    retire(make_organisation(kolding))
    assert not Unfolded.objects.exists()
