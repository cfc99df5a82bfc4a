"""`fyrtaarn match` on files: a TREC run, explained results, measures, and plain errors."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fyrtaarn.config.commands.match import command

DOCUMENTS = [
    {"id": "d1", "title": "Cykelværksted", "text": "Vi reparerer cykler", "target_groups": ["unge"], "sdgs": [8]},
    {"id": "d2", "title": "Vaskeri", "text": "Vi vasker linned", "municipality": "0621", "extra": "kept out"},
]
QUESTIONS = [{"id": "q1", "title": "Lapning af cykler"}, {"id": "q2", "title": "Vask", "municipality": "0101"}]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    for name, lines in (("documents.jsonl", DOCUMENTS), ("queries.jsonl", QUESTIONS)):
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (tmp_path / "qrels.tsv").write_text("q1\td1\t3\nq2\td2\t2\n", "utf-8")
    (tmp_path / "documents.tsv").write_text("d1\tVi reparerer cykler\nd2\tVi vasker linned\n", "utf-8")
    return {path.name: str(path) for path in tmp_path.iterdir()}


def call(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_a_run_is_in_trec_form(files: dict[str, str]) -> None:
    lines = call("run", files["documents.jsonl"], files["queries.jsonl"]).output.splitlines()
    assert [line.split()[:4] for line in lines] == [["q1", "Q0", "d1", "1"], ["q2", "Q0", "d2", "1"]]
    assert all(int(line.split()[4]) > 0 and line.endswith(" fyrtaarn") for line in lines)


def test_tab_separated_files_are_read(files: dict[str, str]) -> None:
    assert "q1 Q0 d1 1 " in call("run", files["documents.tsv"], files["queries.jsonl"], "--plain", "--top", "1").output


def test_explained_results_add_up(files: dict[str, str]) -> None:
    output = call("run", files["documents.jsonl"], files["queries.jsonl"], "--explain").output
    results = [json.loads(line) for line in output.splitlines()]
    assert [(one["query"], one["document"]) for one in results] == [("q1", "d1"), ("q2", "d2")]
    for one in results:
        assert one["score"] == sum(part["points"] for part in one["contributions"])
    assert results[1]["why_not"]["da"] == ["Det hører til i en anden kommune."]
    assert any("cykler" in part["document_words"] for part in results[0]["contributions"])


def test_measures(files: dict[str, str]) -> None:
    arguments = ("evaluate", files["documents.jsonl"], files["queries.jsonl"], files["qrels.tsv"])
    measured = json.loads(call(*arguments, "--json").output)
    assert measured["questions"] == 2
    assert measured["ndcg@10"] == measured["recall@20"] == measured["mrr"] == 1
    assert measured["p50_ms"] > 0
    assert "ndcg@10" in call(*arguments, "--plain").output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"id": "d1"}\n{"id": "d1"}\n', "line 2: the id 'd1' is there twice"),
        ('{"id": "d1"}\n{broken\n', "line 2"),
        ('{"title": "no id"}\n', "line 1: expected an object with an id"),
        ("no tab here\n", "line 1: expected id<TAB>text"),
        ('{"id": "d1", "sdgs": ["x"]}\n', "line 1"),
    ],
)
def test_a_broken_file_is_told_plainly(files: dict[str, str], content: str, told: str) -> None:
    Path(files["documents.jsonl"]).write_text(content, "utf-8")
    result = call("run", files["documents.jsonl"], files["queries.jsonl"])
    assert result.exit_code == 1
    assert told in result.output


def test_judgements_that_fit_nothing_are_told(files: dict[str, str]) -> None:
    Path(files["qrels.tsv"]).write_text("other\td1\t3\n", "utf-8")
    result = call("evaluate", files["documents.jsonl"], files["queries.jsonl"], files["qrels.tsv"])
    assert result.exit_code == 1
    assert "judges none" in result.output


def test_neither_django_nor_a_database_is_needed() -> None:
    script = (
        "import sys; import fyrtaarn.engine.matching; sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
