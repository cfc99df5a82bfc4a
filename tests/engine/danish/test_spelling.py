"""Slips of the keyboard are mended where the word is not known otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.danish.spelling import corrections, is_sure, known, slips


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("genburg", "genbrug"),
        ("boliig", "bolig"),
        ("ensomhde", "ensomhed"),
        ("børnehvae", "børnehave"),
        ("socialøkonimisk", "socialøkonomisk"),
        ("cykelværksetd", "cykelværksted"),
        ("vaerksted", "værksted"),
        ("hjemloese", "hjemløse"),
        ("smoerrebroed", "smørrebrød"),
        ("socialt-udsatet", "socialt-udsatte"),
    ],
)
def test_a_slip_is_mended(written: str, meant: str) -> None:
    assert not known(written)
    assert corrections(written)[0] == meant


@pytest.mark.parametrize(("written", "meant"), [("studnets", "students"), ("garden-toools", "garden-tools")])
def test_a_slip_in_english_is_mended(written: str, meant: str) -> None:
    assert not known(written, "en")
    assert corrections(written, "en")[0] == meant


def test_a_danish_word_in_an_english_text_is_no_slip() -> None:
    assert known("kommune", "en")


@pytest.mark.parametrize(("written", "meant"), [("parktikker", "praktikker"), ("ivertage", "overtage")])
def test_what_reads_as_a_strange_compound_may_be_a_slip(written: str, meant: str) -> None:
    assert known(written)
    assert not is_sure(written)
    assert meant in corrections(written)


@pytest.mark.parametrize("compound", ["klimakasse", "sprogcafe", "genbrugstøj"])
def test_a_compound_like_many_others_is_sure(compound: str) -> None:
    assert is_sure(compound)


@pytest.mark.parametrize("word", ["abc", "2026", "b2b4", "xqzwvkjx"])
def test_short_words_numbers_and_nonsense_are_left_alone(word: str) -> None:
    assert corrections(word) == ()


@given(st.text(alphabet="abcdeæøå", min_size=2, max_size=8))
def test_slips_are_one_step_away(word: str) -> None:
    assert all(abs(len(near) - len(word)) <= 1 for near in slips(word))


@given(st.text(max_size=25))
def test_corrections_are_known_words(word: str) -> None:
    assert all(known(near) for near in corrections(word))
