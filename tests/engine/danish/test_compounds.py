"""Compounds are taken apart where a Danish reader would."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.danish.compounds import base_form, first_base, parts, split

FILES = ("compounds.txt", "compounds-drawn.txt")


def marked(file: str) -> list[str]:
    lines = (Path(__file__).parent / file).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def reading(word: str) -> str:
    found = split(word)
    return f"{found.first}|{found.head}" if found else word


@pytest.mark.parametrize("file", FILES)
def test_the_head_boundary_is_right_in_nine_of_ten_compounds(file: str) -> None:
    compounds = [word for word in marked(file) if "|" in word]
    assert len(compounds) > 700
    right = sum(reading(word.replace("|", "")) == word for word in compounds)
    assert right / len(compounds) >= 0.9


@pytest.mark.parametrize("file", FILES)
def test_simple_words_stay_whole_in_nine_of_ten_cases(file: str) -> None:
    simple = [word for word in marked(file) if "|" not in word]
    assert len(simple) > 150
    assert sum(reading(word) == word for word in simple) / len(simple) >= 0.9


@pytest.mark.parametrize(
    ("word", "bases"),
    [
        ("børnebibliotek", ["barn", "bibliotek"]),
        ("ungdomsuddannelse", ["ungdom", "uddannelse"]),
        ("ældrepleje", ["ældre", "pleje"]),
        ("genbrugsværkstedets", ["genbrug", "værksted"]),
        ("forsyningsoperatørelev", ["forsyningsoperatør", "elev"]),
        ("frugtavler", ["frugt", "avle"]),
        ("medicoingeniør", ["medico", "ingeniør"]),
        ("maskinsmed", ["maskine", "smed"]),
        ("togpersonale", ["tog", "personale"]),
    ],
)
def test_parts_come_in_base_form(word: str, bases: list[str]) -> None:
    assert [part.base for part in parts(base_form(word)) if part.depth == 1] == bases


def test_a_compound_of_compounds_is_taken_apart_to_the_end() -> None:
    assert {part.base for part in parts("arbejdsmarkedsindsats")} >= {"arbejdsmarked", "arbejde", "indsats"}


def test_the_base_form_of_an_unknown_compound_follows_its_head() -> None:
    assert base_form("madspildsværksteder") == "madspildsværksted"


@given(st.text(max_size=40))
def test_any_text_can_be_asked_about(word: str) -> None:
    for part in parts(word):
        assert part.base
        assert part.depth >= 1


def test_names_in_the_lemma_data_stay_whole() -> None:
    assert split("nørrebro") is None
    assert split("østerbro") is None


@pytest.mark.parametrize(
    ("written", "base"),
    [("arbejds", "arbejde"), ("børne", "barn"), ("gymnasie", "gymnasium"), ("maskin", "maskine"), ("xyz", None)],
)
def test_a_first_part_as_written_leads_to_its_base_form(written: str, base: str | None) -> None:
    assert first_base(written) == base
