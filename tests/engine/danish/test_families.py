"""Words of one family count as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.danish.compounds import base_form
from fyrtaarn.engine.danish.families import family
from fyrtaarn.engine.danish.learnt import learnt


@pytest.mark.parametrize(
    "words",
    [
        "rengøring rengøre rengør",
        "ansættelse ansætte ansat",
        "pædagogisk pædagogik",
        "snedkeri snedker",
        "byggeri bygge bygning",
        "pasning passe passer",
        "løb løbe løber",
        "køb købe køber",
        "salg sælge sælger",
        "sang synge sanger sange",
        "sygdom syg",
        "ledighed ledig",
        "autisme autist autistisk",
        "reparation reparere reparatør",
        "cykel cykle cykler",
        "lager lageret",
        "toilet toiletter",
        "økonomi økonomisk",
        "aktiv aktivitet",
        "kultur kulturel",
        "profession professionel",
        "automatisk automatisere automatisering",
        "lærer lærerinde",
        "trauma traumatisk",
    ],
)
def test_derived_words_share_a_family(words: str) -> None:
    assert len({family(base_form(word)) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("praktisk", "praktik"),
        ("regnskab", "regn"),
        ("værelse", "være"),
        ("handling", "handel"),
        ("lager", "lage"),
        ("dør", "dø"),
        ("praktisere", "praktisk"),
        ("organisation", "organ"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert family(base_form(one)) != family(base_form(other))


@given(st.text(max_size=200))
def test_any_text_has_a_family_that_is_its_own(text: str) -> None:
    assert family(family(text)) == family(text)


def test_a_family_is_called_by_a_word_that_belongs_to_no_other() -> None:
    assert {family(name) for name in learnt().families.values()} == set(learnt().families.values())
