"""Reasons read as sentences, and marks fall on the words that met."""

import pytest
from hypothesis import given

from fyrtaarn.engine.matching import Document, Index, Match, explain, marks, speak_against, trace
from fyrtaarn.engine.matching.explaining import REASONS, SENTENCES, listed

from .offers import OFFERS, documents, texts

QUESTION = Document(
    "q", "Reparation af cykler sammen med unge", "Vi har 200 gamle cykler.", municipality="0101", district="valby"
)


def best(question: Document | str) -> tuple[Match, Document]:
    index = Index()
    for offer in OFFERS:
        index.add(offer)
    match = index.search(question)[0]
    offer = next(one for one in OFFERS if one.id == match.id)
    return trace(match, offer), offer


def test_it_says_why_in_both_languages() -> None:
    match, _ = best(QUESTION)
    danish, english = " ".join(explain(match)), " ".join(explain(match, "en"))
    assert "Begge handler om cykler" in danish
    assert "Begge er for unge" in danish
    assert "samme bydel (valby)" in danish
    assert "prøvet" in danish
    assert "Shared subjects: bicycle" in english


def test_a_typed_question_shares_nothing_with_the_text_it_finds() -> None:
    match, _ = best(QUESTION)
    danish, english = " ".join(explain(match, typed=True)), " ".join(explain(match, "en", typed=True))
    assert "Handler om cykler" in danish
    assert "Begge" not in danish
    assert "Is about bicycle" in english


def test_it_says_what_speaks_against() -> None:
    match, _ = best(Document("q", "Vask af linned", municipality="0101"))
    assert speak_against(match) == ["Det hører til i en anden kommune.", "Der er ingen ledige pladser lige nu."]
    assert len(speak_against(match, "en")) == 2


def test_marks_show_the_words_that_met() -> None:
    match, offer = best(QUESTION)
    marked = {offer.text[start:end] for start, end in marks(offer.text, match)}
    assert {"reparerer", "cykler", "unge"} <= marked
    assert "gamle" in marked or "kæde" not in marked


def test_traced_contributions_name_the_words_of_both() -> None:
    match, offer = best(QUESTION)
    words = {word for one in match.contributions for word in one.document_words}
    assert words
    assert all(word in f"{offer.title} {offer.text} {offer.target_groups}" for word in words)
    assert match.score == sum(one.points for one in match.contributions)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_reason_has_its_sentence(language: str) -> None:
    assert set(SENTENCES[language]) - {"and", "quote"} == REASONS


def test_words_are_listed_as_people_list_them() -> None:
    assert listed([], "og") == ""
    assert listed(["a"], "og") == "a"
    assert listed(["a", "b", "c"], "og") == "a, b og c"


@given(documents, texts)
def test_marks_are_in_order_and_apart(offer: Document, question: str) -> None:
    index = Index()
    index.add(offer)
    for match in index.search(question):
        end = 0
        for start, stop in marks(offer.text, match):
            assert end <= start < stop <= len(offer.text)
            end = stop
        assert all(sentence.endswith(".") for sentence in explain(trace(match, offer)))
