"""One page, tagged, in the pitch's language, and never anything else than the words."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pitches.models import LONGEST, Pitch
from fyrtaarn.pitches.paper import TooLong, on_one_page, too_long_parts
from fyrtaarn.pitches.parts import GUIDES, STEPS, Part, reading_seconds, words_in
from tests.harness.pdf import text_of


def pitch(**texts: Any) -> Pitch:
    return Pitch(organisation=Organisation(name="Rickshaw & Gryder"), title="Mad på søndag", **texts)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_one_tagged_page_with_title_and_language(language: str) -> None:
    pdf = on_one_page(pitch(problem="Fyrre spiser alene.\r\n\r\nHver søndag.", language=language))
    assert pdf.startswith(b"%PDF")
    assert pages(pdf) == 1
    for sign in (b"/StructTreeRoot", b"/Marked true", b"pdfuaid:part", f"({language})".encode()):
        assert sign in pdf


def test_what_every_guide_allows_fits_on_the_page() -> None:
    texts: dict[str, Any] = {part: " ".join(["medarbejder"] * GUIDES[part].most_words) for part in Part}
    assert pages(on_one_page(pitch(**texts))) == 1


def test_what_is_too_long_says_what_to_shorten() -> None:
    long = "æblegrød og fløde " * (LONGEST // 18)
    with pytest.raises(TooLong) as fault:
        on_one_page(pitch(**dict.fromkeys((part.value for part in Part), long)))
    assert fault.value.parts[0][0] in (Part.FOR_WHOM, Part.ASK)
    assert all(words > 0 for _part, words in fault.value.parts)
    with pytest.raises(TooLong) as fault:
        on_one_page(pitch(problem="\n".join("ord" for _line in range(59))))
    assert fault.value.parts == [(Part.PROBLEM, 0)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8"), max_size=200), st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_words_are_words(text: str, title: str) -> None:
    one = pitch(problem="#panic() $x$ @here <label> " + text, language="da")
    one.title = title
    assert pages(on_one_page(one)) == 1


def test_what_cannot_be_printed_is_said_and_the_rest_is_printed() -> None:
    said = text_of(
        on_one_page(pitch(problem="Vi er glade \U0001f600\U0001f600 for »det«\x1f – 5 € · é ñ ž", language="da"))
    )
    assert "Vi er glade [?] for »det« – 5 € · é ñ ž" in said
    assert "»[?]« står for tegn" in said
    assert "[?]" not in text_of(on_one_page(pitch(problem="Łódź, Αθήνα og Київ")))


@given(st.integers(0, 5000))
def test_more_words_never_take_less_time(words: int) -> None:
    assert reading_seconds(words) <= reading_seconds(words + 1)
    assert reading_seconds(words) % 5 == 0
    assert reading_seconds(words) >= 5


def test_every_part_has_a_step_and_an_example_that_keeps_to_its_length() -> None:
    assert sorted(part for parts in STEPS.values() for part in parts) == sorted(Part)
    for guide in GUIDES.values():
        assert 10 < words_in(str(guide.example)) <= guide.most_words
    assert too_long_parts(pitch(problem="ord " * 61)) == [(Part.PROBLEM, 1)]
