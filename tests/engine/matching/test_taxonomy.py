"""The taxonomy is read strictly, and the shipped one is whole."""

import pytest

from fyrtaarn.engine.danish.language import DANISH_STOP
from fyrtaarn.engine.matching import Document, TaxonomyError, analyse, build, default_taxonomy, read_concepts
from fyrtaarn.engine.matching.glossary import glossary


def test_a_line_names_a_concept_its_broader_ones_and_its_words() -> None:
    taxonomy = build(
        read_concepts(
            ["# ours", "", "energi: strøm | energy", "sol < energi: solcelle, varme fra solen | solar panel"], "c"
        )
    )
    terms = analyse(Document("x", text="Varme fra solen"), taxonomy).terms
    assert terms["c:sol"] > terms["c:energi"]
    assert "c:sol" in analyse(Document("x", text="we have solar panels", language="en"), taxonomy).terms
    assert taxonomy.label("c:energi", "en") == "energy"
    assert taxonomy.label("c:energi", "da") == "energi"


@pytest.mark.parametrize("line", ["energi", "energi:", ": strøm", "energi: | "])
def test_a_line_that_cannot_be_read_says_which(line: str) -> None:
    with pytest.raises(TaxonomyError, match="line 1"):
        read_concepts([line], "c")


def test_a_name_given_twice_and_a_missing_broader_concept_are_told() -> None:
    with pytest.raises(TaxonomyError, match="twice"):
        build(read_concepts(["a: b", "a: c"], "c"))
    with pytest.raises(TaxonomyError, match="unknown"):
        build(read_concepts(["a < z: b"], "c"))


def test_the_shipped_taxonomy_has_words_in_both_languages_for_each_concept() -> None:
    concepts = default_taxonomy().concepts.values()
    assert len(concepts) > 650
    assert [one.name for one in concepts if not one.danish or not one.english] == []


def test_a_word_that_may_mean_several_things_is_shared_among_them() -> None:
    taxonomy = build(read_concepts(["kor: kor, scene | choir", "teater: scene | stage"], "c"))
    once, alone = (analyse(Document("x", text=text), taxonomy).terms for text in ("scene", "kor"))
    assert once["c:kor"] == once["c:teater"] < alone["c:kor"]


def test_no_word_of_the_shipped_taxonomy_reads_as_a_small_word() -> None:
    known = {"have"}  # the garden, which small words outweigh only as a verb
    assert set(default_taxonomy().words["da"]) & (DANISH_STOP - known) == set()


def test_the_shipped_glossary_is_whole() -> None:
    assert len(glossary()) > 700
    assert all(danish for danish in glossary().values())
