"""Tokens keep their places; folding is stable."""

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.danish.tokens import fold, tokenise, words, written_places, written_words


def test_abbreviations_numbers_and_hyphens_are_kept_whole() -> None:
    found = words("F.eks. 2.000 m2 IT-udstyr til Børne- og Ungdomsforvaltningen, 13-17-årige")
    assert found == ["f.eks.", "2.000", "m2", "it-udstyr", "til", "børne-", "og", "ungdomsforvaltningen", "13-17-årige"]


def test_paragraphs_of_the_law_and_ages_from_are_no_bare_numbers() -> None:
    assert words("Efter § 18, §85 og §§ 103; 65+ i hallen, 18 er et tal") == [
        "efter", "§18", "§85", "og", "§103", "65+", "i", "hallen", "18", "er", "et", "tal",
    ]  # fmt: skip


def test_decomposed_letters_are_one_word() -> None:
    assert words("a\u030angst") == ["ångst"]


@given(st.text())
def test_tokens_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        assert token.text == fold(text[token.start : token.end])
        end = token.end


@given(st.text())
def test_words_are_the_tokens_without_places(text: str) -> None:
    assert words(text) == [token.text for token in tokenise(text)]
    assert [fold(word) for word in written_words(text)] == words(text)
    assert [(fold(place.group()), *place.span()) for place in written_places(text)] == [
        (token.text, token.start, token.end) for token in tokenise(text)
    ]


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_names_and_abbreviations_are_told_by_their_capitals() -> None:
    named = [token.text for token in tokenise("Vi bor i Vamdrup. Kommunen og KEID hjælper: Alle er med") if token.name]
    assert named == ["vamdrup", "keid"]
