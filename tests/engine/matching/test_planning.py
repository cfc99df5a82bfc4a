"""A question's terms weigh what they tell: less the more documents, or the more other questions, hold them."""

from fyrtaarn.engine.matching import Statistics, plan


def weights(statistics: Statistics) -> dict[str, int]:
    return {one.term: one.weight for one in plan("cykler til unge", statistics).terms}


def test_what_most_questions_say_weighs_less_however_rare_it_is_among_documents() -> None:
    frequency = {"w:cykel": 5, "w:ung": 5}
    before = weights(Statistics(200, frequency))
    after = weights(Statistics(200, frequency, questions=40, question_frequency={"w:ung": 30, "w:cykel": 1}))
    assert before["w:cykel"] == before["w:ung"] == after["w:cykel"]
    assert 0 < after["w:ung"] < before["w:ung"] / 2


def test_a_question_alone_tells_nothing_about_the_others() -> None:
    frequency = {"w:cykel": 5, "w:ung": 5}
    few = Statistics(200, frequency, questions=4, question_frequency={"w:ung": 4})
    assert weights(few) == weights(Statistics(200, frequency))


def test_a_document_called_by_the_first_part_of_a_compound_of_three_is_met_by_that_part() -> None:
    asked = plan("regnskabsassistentelev", Statistics(200, {"f:regnskabsassistent": 2, "w:elev": 9}))
    assert {one.term for one in asked.terms} == {"f:regnskabsassistent", "w:elev"}


def read_as(text: str, **frequency: int) -> dict[str, str]:
    """What the words of a text were read as, given how many of 200 documents hold each word."""
    return dict(plan(text, Statistics(200, {f"w:{word}": count for word, count in frequency.items()})).corrected)


def test_a_misspelt_word_is_read_as_what_most_documents_hold() -> None:
    assert read_as("til kvider", kvinde=9, kvide=1) == {"kvider": "kvinder"}


def test_a_misspelt_word_is_read_as_a_small_word_where_that_is_as_near() -> None:
    assert read_as("borgere udne bolig", bolig=9, dun=1) == {"udne": "uden"}


def test_a_strange_compound_is_read_as_another_word_only_where_documents_hold_that() -> None:
    assert read_as("parktikker", praktik=3) == {"parktikker": "praktikker"}
    assert read_as("parktikker", park=3) == {}
    assert read_as("parktikker", praktik=3, park=1, tikke=1) == {}


def test_a_misspelt_english_word_is_mended() -> None:
    assert read_as("a place for our studnets to work", student=3) == {"studnets": "students"}


def test_a_common_word_tells_less_than_a_rare_one_that_as_many_documents_hold() -> None:
    asked = plan("klar til cykler", Statistics(200, {"w:klar": 2, "w:cykel": 2}))
    told = {one.term: one.weight for one in asked.terms}
    assert 0 < 2 * told["w:klar"] < told["w:cykel"]
