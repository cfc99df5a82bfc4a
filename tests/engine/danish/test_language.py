"""The language of a text, and base forms."""

import pytest

from fyrtaarn.engine.danish.language import is_stop, language_of
from fyrtaarn.engine.danish.lexicon import lemma, root, stem


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("vi søger nogen der kan hjælpe", "da"),
        ("we are looking for someone who can help", "en"),
        ("cykler", "da"),
        ("hus i by", "da"),
        ("bicycle repair for people who have dropped out", "en"),
        ("homeless shower", "en"),
        ("brugte computere", "da"),
        ("", "da"),
    ],
)
def test_the_language_shows_in_the_small_words(text: str, language: str) -> None:
    assert language_of(text.split()) == language


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("børn", "barn"),
        ("boligerne", "bolig"),
        ("ældre", "ældre"),
        ("københavns", "københavn"),
        ("xyzzy", None),
        ("ledige", "ledig"),
    ],
)
def test_base_forms(form: str, base: str | None) -> None:
    assert lemma(form) == base


def test_words_of_one_root_meet() -> None:
    assert root("rengøring") == root("rengøre")
    assert root("reparation") == root("reparere")
    assert stem("værkstederne") == stem("værksted")


def test_small_words_are_told_by_language() -> None:
    assert is_stop("ikke", "da")
    assert not is_stop("ikke", "en")
    assert not is_stop("7", "da")
