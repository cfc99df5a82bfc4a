"""Measures against values worked out by hand, and their bounds."""

from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.evaluation import bootstrap, mrr, ndcg, paired_ratio, read_judgements, read_run, recall, run_lines

GRADES = {"a": 3, "b": 2, "c": 1}


def test_ndcg_by_hand() -> None:
    gained = 3 / log2(2) + 7 / log2(4)
    best = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx(gained / best)


def test_recall_and_mrr_count_from_a_grade_on() -> None:
    assert recall(["c", "b"], GRADES) == 0.5
    assert mrr(["c", "b"], GRADES) == 0.5
    assert mrr(["c"], GRADES) == 0.0
    assert recall(["c"], {"c": 1}) is None
    assert mrr(["c"], {"c": 1}) is None


@given(st.permutations(["a", "b", "c", "x", "y"]))
def test_no_order_beats_the_best(ranked: list[str]) -> None:
    assert 0 <= ndcg(ranked, GRADES) <= ndcg(["a", "b", "c"], GRADES) == 1


def test_nothing_relevant_gives_nought() -> None:
    assert ndcg(["a"], {}) == 0


def test_bootstrap_holds_its_mean_and_is_repeatable() -> None:
    values = [0.1, 0.5, 0.9, 0.4]
    interval = bootstrap(values, 200)
    assert interval.low <= interval.value <= interval.high
    assert interval == bootstrap(values, 200)
    with pytest.raises(ValueError, match="no values"):
        bootstrap([])


def test_the_ratio_of_twice_as_much_is_two() -> None:
    interval = paired_ratio([0.2, 0.6], [0.1, 0.3], 100)
    assert interval.value == pytest.approx(2)
    assert interval.low == pytest.approx(interval.high)
    with pytest.raises(ValueError, match="as many values"):
        paired_ratio([1.0], [])


def test_judgements_in_both_forms(tmp_path: Path) -> None:
    path = tmp_path / "qrels"
    path.write_text("query_id\tid\trelevance\nq1\td1\t3\nq1 0 d2 1\n\n", "utf-8")
    assert read_judgements(path) == {"q1": {"d1": 3, "d2": 1}}
    path.write_text("q1\td1\t3\nq1\td2\tgood\n", "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_judgements(path)
    path.write_text("q1 d1\n", "utf-8")
    with pytest.raises(ValueError, match="columns"):
        read_judgements(path)


def test_a_run_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("\n".join(run_lines("q1", [("d2", 9), ("d1", 3.5)], "us")), "utf-8")
    assert path.read_text("utf-8") == "q1 Q0 d2 1 9 us\nq1 Q0 d1 2 3.5 us"
    assert read_run(path) == {"q1": ["d2", "d1"]}
