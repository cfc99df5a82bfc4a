"""`fyrtaarn match`: matching on files, without database or server, so that anyone can judge it."""

import json
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

import click

from fyrtaarn.engine.evaluation import bootstrap, mean, mrr, ndcg, read_judgements, recall, run_lines
from fyrtaarn.engine.matching import Document, Index, Match, explain, speak_against, trace
from fyrtaarn.engine.matching.reading import FileError, read_documents

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(name="match")
def command() -> None:
    """Match questions with documents in files, and measure how well."""


def _read(path: Path) -> list[Document]:
    try:
        return read_documents(path)
    except FileError as error:
        raise click.ClickException(str(error)) from error


def build_index(documents: list[Document], questions: list[Document], plain: bool) -> Index:
    """An index of the documents that knows what all questions say."""
    index = Index(plain=plain)
    for document in documents:
        index.add(document)
    index.learn_questions(questions)
    return index


def _explained(question: str, rank: int, found: Match, document: Document) -> str:
    traced = trace(found, document)
    return json.dumps(
        {
            "query": question,
            "document": found.id,
            "rank": rank,
            "score": found.score,
            "fit": found.fit,
            "contributions": [one._asdict() for one in traced.contributions],
            "against": [asdict(one) for one in found.against],
            "why": {language: explain(traced, language) for language in ("da", "en")},
            "why_not": {language: speak_against(found, language) for language in ("da", "en")},
        },
        ensure_ascii=False,
    )


@command.command()
@click.argument("documents", type=_FILE)
@click.argument("queries", type=_FILE)
@click.option("--top", default=100, show_default=True, type=click.IntRange(1), help="Results a question.")
@click.option("--plain", is_flag=True, help="Without taxonomy, target groups and earlier questions.")
@click.option("--explain", "explained", is_flag=True, help="One JSON line a result with its contributions.")
def run(documents: Path, queries: Path, top: int, plain: bool, explained: bool) -> None:
    """Print a TREC run: `query Q0 document rank score fyrtaarn`.

    DOCUMENTS and QUERIES are JSON lines with id, title, text and optionally target_groups,
    sdgs, organisation_type, department, district, municipality; or TSV with id<TAB>text.
    """
    offered = _read(documents)
    asked = _read(queries)
    index = build_index(offered, asked, plain)
    by_id = {document.id: document for document in offered}
    for question in asked:
        found = index.search(question, top)
        if explained:
            for rank, one in enumerate(found, 1):
                click.echo(_explained(question.id, rank, one, by_id[one.id]))
        else:
            ranked = ((one.id, one.score) for one in found)
            for line in run_lines(question.id, ranked, "fyrtaarn"):
                click.echo(line)


@command.command()
@click.argument("documents", type=_FILE)
@click.argument("queries", type=_FILE)
@click.argument("qrels", type=_FILE)
@click.option("--plain", is_flag=True, help="Without taxonomy, target groups and earlier questions.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(documents: Path, queries: Path, qrels: Path, plain: bool, as_json: bool) -> None:
    """Print nDCG@10, recall@20, MRR, and the median and 95th percentile of latency.

    QRELS are lines `query<TAB>document<TAB>grade` or TREC's `query 0 document grade`.
    Recall and MRR count grade 2 and above, or grade 1 where no judgement is higher.
    """
    asked = _read(queries)
    index = build_index(_read(documents), asked, plain)
    try:
        judgements = read_judgements(qrels)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    least = 2 if any(grade > 1 for grades in judgements.values() for grade in grades.values()) else 1
    gains, recalls, ranks, seconds = [], [], [], []
    for question in asked:
        grades = judgements.get(question.id)
        if not grades:
            continue
        start = perf_counter()
        found = [one.id for one in index.search(question, 100)]
        seconds.append(perf_counter() - start)
        gains.append(ndcg(found, grades))
        recalls.append(recall(found, grades, least=least))
        ranks.append(mrr(found, grades, least=least))
    if not gains:
        raise click.ClickException(f"{qrels} judges none of the questions in {queries}")
    interval = bootstrap(gains)
    seconds.sort()
    result = {
        "questions": len(gains),
        "ndcg@10": round(interval.value, 4),
        "ndcg@10_low": round(interval.low, 4),
        "ndcg@10_high": round(interval.high, 4),
        "recall@20": round(mean([value for value in recalls if value is not None]), 4),
        "mrr": round(mean([value for value in ranks if value is not None]), 4),
        "p50_ms": round(1000 * seconds[len(seconds) // 2], 2),
        "p95_ms": round(1000 * seconds[min(len(seconds) - 1, len(seconds) * 95 // 100)], 2),
    }
    if as_json:
        click.echo(json.dumps(result))
    else:
        for name, value in result.items():
            click.echo(f"{name:14} {value}")
