"""Compare the engine with plain search on one collection: `python -m bench.matching D Q QRELS`."""

from pathlib import Path
from time import perf_counter

import click

from fyrtaarn.config.commands.match import build_index
from fyrtaarn.engine.evaluation import bootstrap, mean, mrr, ndcg, paired_ratio, read_judgements, recall
from fyrtaarn.engine.matching import Document
from fyrtaarn.engine.matching.reading import read_documents

from .baselines import CompoundFilter, Ranker, bm25, fts5, stems

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def engine(documents: list[Document], questions: list[Document], plain: bool) -> Ranker:
    """The engine as a ranker."""
    index = build_index(documents, questions, plain)
    return lambda question, limit: [match.id for match in index.search(question, limit)]


@click.command()
@click.argument("documents", type=_FILE)
@click.argument("queries", type=_FILE)
@click.argument("qrels", type=_FILE)
def main(documents: Path, queries: Path, qrels: Path) -> None:
    """Print nDCG@10, recall@20 and MRR of each ranker and how many times better the engine is."""
    offered, asked, judged = read_documents(documents), read_documents(queries), read_judgements(qrels)
    asked = [question for question in asked if judged.get(question.id)]
    least = 2 if any(grade > 1 for grades in judged.values() for grade in grades.values()) else 1
    rankers = {
        "FTS5": fts5(offered),
        "stemmer": bm25(offered, stems),
        "compounds, all": bm25(offered, CompoundFilter(longest=False)),
        "compounds, longest": bm25(offered, CompoundFilter(longest=True)),
        "engine --plain": engine(offered, asked, plain=True),
        "engine": engine(offered, asked, plain=False),
    }
    gains: dict[str, list[float]] = {}
    for name, rank in rankers.items():
        found, seconds = {}, []
        for question in asked:
            start = perf_counter()
            found[question.id] = rank(question, 100)
            seconds.append(perf_counter() - start)
        gains[name] = [ndcg(ids, judged[id]) for id, ids in found.items()]
        recalls = [recall(ids, judged[id], least=least) for id, ids in found.items()]
        ranks = [mrr(ids, judged[id], least=least) for id, ids in found.items()]
        interval = bootstrap(gains[name])
        click.echo(
            f"{name:20} nDCG@10 {interval.value:.3f} [{interval.low:.3f}, {interval.high:.3f}]"
            f"  recall@20 {mean([one for one in recalls if one is not None]):.3f}"
            f"  MRR {mean([one for one in ranks if one is not None]):.3f}"
            f"  p50 {1000 * sorted(seconds)[len(seconds) // 2]:.1f} ms"
        )
    for ours in ("engine --plain", "engine"):
        for theirs in ("FTS5", "stemmer", "compounds, all", "compounds, longest"):
            ratio = paired_ratio(gains[ours], gains[theirs])
            click.echo(f"{ours:15} / {theirs:20} {ratio.value:.2f} [{ratio.low:.2f}, {ratio.high:.2f}]")


if __name__ == "__main__":
    main()
