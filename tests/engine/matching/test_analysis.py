"""The terms of a document: deterministic, bounded, for any text."""

import json
from hashlib import sha256
from importlib.resources import files

import pytest
from hypothesis import given

from fyrtaarn.engine.matching import ANALYSIS_VERSION, Document, analyse, build
from fyrtaarn.engine.matching.terms import MOST_ENTRIES

from .offers import OFFERS, documents, texts

SMALLINT = 32_767
LONGEST_TERM = 100


def terms(text: str, language: str = "da") -> dict[str, int]:
    return dict(analyse(Document("x", text=text, language=language)).terms)


@given(documents)
def test_terms_can_be_stored_and_come_out_the_same_again(document: Document) -> None:
    first, second = analyse(document), analyse(document)
    assert first == second
    for term, weight in first.terms.items():
        assert 0 < weight <= SMALLINT
        assert len(term) <= LONGEST_TERM
        assert term[1] == ":"


@given(texts)
def test_plain_leaves_concepts_and_target_groups_out(text: str) -> None:
    assert {term[0] for term in analyse(Document("x", text=text), plain=True).terms} <= {"w", "f"}


def test_a_long_text_and_a_long_word_are_no_trouble() -> None:
    found = analyse(Document("x", text="cykel " * 20_000 + "x" * 50_000))
    assert max(len(term) for term in found.terms) <= LONGEST_TERM


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cykelværksted", "reparation af cykler"),
        ("en genbrugsbutik", "vi genbruger"),
        ("Børne- og Ungdomsforvaltningen", "børn"),
        ("IT-udstyr", "udstyr"),
        ("borgere uden fast bopæl", "hjemløse"),
        ("ensomhed blandt ældre", "en besøgsven til pensionister"),
        ("rengøring", "de gør rent"),
    ],
)
def test_different_words_meet(one: str, other: str) -> None:
    assert set(terms(one)) & set(terms(other))


def test_english_meets_danish() -> None:
    assert set(terms("laundry for homeless people", "en")) & set(terms("vaskeri for hjemløse"))


@pytest.mark.parametrize(
    ("one", "other"), [("arbejdsmarked", "julemarked"), ("cykel", "kage"), ("landbrug", "landing")]
)
def test_words_that_look_alike_share_no_concept(one: str, other: str) -> None:
    shared = {term for term in set(terms(one)) & set(terms(other)) if term[0] == "c"}
    assert not shared


def test_a_phrase_wins_over_the_words_inside_it() -> None:
    assert "c:hjemløshed" in terms("mennesker uden fast bopæl")
    assert "c:hjemløshed" not in terms("en fast aftale")


def test_the_title_counts_double() -> None:
    in_title = analyse(Document("x", title="cykler", text="hos os"))
    in_text = analyse(Document("x", title="hos os", text="cykler"))
    assert in_title.terms["w:cykel"] > in_text.terms["w:cykel"]


def test_the_text_says_that_an_offer_moves() -> None:
    assert analyse(OFFERS[3]).facts.movable is True
    assert analyse(OFFERS[0]).facts.movable is None
    assert analyse(Document("x", text="Vi kører i hele landet", movable=False)).facts.movable is False


def test_title_words_are_kept_for_suggestions() -> None:
    assert analyse(OFFERS[0]).words == ("cykelværksted", "gård")


def test_the_version_rises_with_whatever_changes_stored_terms() -> None:
    """When this fails: raise ANALYSIS_VERSION, so that installations are told to rebuild, and write the new pair here."""
    stored = [sorted(analyse(offer).terms.items()) for offer in OFFERS]
    lists = [
        (files(package) / "data" / name).read_text("utf-8")
        for package, name in (
            ("fyrtaarn.engine.matching", "concepts.txt"),
            ("fyrtaarn.engine.matching", "target-groups.txt"),
            ("fyrtaarn.engine.matching", "glossary.txt"),
            ("fyrtaarn.engine.danish", "families.txt"),
            ("fyrtaarn.engine.danish", "combining.txt"),
        )
    ]
    made = sha256(json.dumps([stored, lists]).encode()).hexdigest()[:12]
    assert (ANALYSIS_VERSION, made) == (8, "7b493d71cd66")


def test_ever_new_words_take_no_ever_growing_memory() -> None:
    taxonomy = build(())
    analyse(Document("x", text=" ".join(f"ord{number}" for number in range(MOST_ENTRIES + 100))), taxonomy)
    assert 0 < len(taxonomy.entries) <= MOST_ENTRIES


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("vi har haft travlt", "c:dyrkning"),
        ("åbent hver søndag", "c:børn"),
        ("løbende opfølgning i løbet af året", "c:motion"),
        ("tag kontakt, vi rykker ud", "c:gæld"),
        ("han åbner døren", "c:byggematerialer"),
        ("vi følger med tiden", "c:ledsagelse"),
        ("støtte til at komme ud af døren", "c:finansiering"),
        ("hvor bor du", "c:boliger"),
    ],
)
def test_everyday_words_lead_to_no_concept_that_only_sounds_alike(text: str, concept: str) -> None:
    assert concept not in terms(text)
