"""Slugs, Danish sorting, money and rich text."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.richtext import rich_text
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.sorting import danish_key


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Børn & unge på Østerbro", "boern-unge-paa-oesterbro"),
        ("ÆØÅ", "aeoeaa"),
        ("  --  ", "uden-navn"),
        ("日本", "uden-navn"),
    ],
)
def test_addresses_are_danish_words_in_ascii(text: str, slug: str) -> None:
    assert danish_slug(text) == slug


@given(st.text())
def test_every_text_has_a_slug_that_is_its_own_slug(text: str) -> None:
    slug = danish_slug(text)
    assert re.fullmatch(r"[a-z0-9_-]{1,80}", slug)
    assert danish_slug(slug) == slug


def test_ae_oe_and_aa_come_last_and_double_a_is_aa() -> None:
    names = ["Østerbro", "Aarhus", "Ærø", "Zebra", "Amager", "Århus Å", "ansgar"]
    assert sorted(names, key=danish_key) == ["Amager", "ansgar", "Zebra", "Ærø", "Østerbro", "Aarhus", "Århus Å"]


@given(st.text(max_size=50), st.text(max_size=50))
def test_case_makes_no_difference_to_the_order(first: str, second: str) -> None:
    upper = danish_key(first.upper().lower())
    assert (danish_key(first.lower()) == upper) or first.lower() != first.upper().lower()
    assert (danish_key(first) < danish_key(second)) != (danish_key(first) >= danish_key(second))


@pytest.mark.parametrize(
    ("oere", "danish", "english"),
    [
        (0, "0 kr.", "DKK 0"),
        (1_234_550, "12.345,50 kr.", "DKK 12,345.50"),
        (100_000_000, "1.000.000 kr.", "DKK 1,000,000"),
        (-5, "-0,05 kr.", "DKK -0.05"),
    ],
)
def test_oere_read_as_kroner_in_both_languages(oere: int, danish: str, english: str) -> None:
    with translation.override("da"):
        assert kroner(oere) == danish
    with translation.override("en"):
        assert kroner(oere) == english


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/spy.png)",
        '<p style="position:fixed">x</p>',
        "[x](data:text/html;base64,AAAA)",
    ],
)
def test_nothing_dangerous_gets_through_rich_text(attack: str) -> None:
    html = rich_text(attack)
    assert not re.search(r"<(script|img|style|p style)|href=\"(javascript|data):", html)


@given(st.text())
def test_rich_text_only_ever_makes_the_allowed_tags(source: str) -> None:
    tags = set(re.findall(r"</?([a-z0-9]+)", rich_text(source)))
    assert tags <= {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4"}


def test_rich_text_keeps_emphasis_lists_and_links() -> None:
    html = rich_text("**Hej** *du*\n\n- et\n- to\n\n[her](https://example.org)")
    assert "<strong>Hej</strong> <em>du</em>" in html
    assert html.count("<li>") == 2
    assert 'href="https://example.org" rel="nofollow noopener"' in html
