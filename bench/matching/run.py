"""How well and how fast matching is, beside plain search on the same machine.

    python bench/matching/run.py [FOLDER | DOCUMENTS QUERIES QRELS] [--labels]

A folder holds solutions.jsonl, challenges*.jsonl and qrels*.tsv (`bench/matching/voices` is one); without arguments
`../shared/matching` and what lies in it are taken, where they are there.
"""

import random
import sys
from pathlib import Path
from time import perf_counter

import click

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.matching.baselines import CompoundFilter, Ranker, bm25, fts5, label_text, plain_text, stems
from bench.matching.variants import translated, with_slips
from fyrtaarn.config.commands.match import build_index
from fyrtaarn.engine.evaluation import Judgements, bootstrap, mean, mrr, ndcg, paired_ratio, read_judgements, recall
from fyrtaarn.engine.matching import Document
from fyrtaarn.engine.matching.reading import read_documents

SHARED = Path("../shared/matching")
SLIP_SEEDS = (1, 2, 3, 5, 7, 11)


def engine(documents: list[Document], questions: list[Document], plain: bool) -> Ranker:
    """The engine as a ranker."""
    index = build_index(documents, questions, plain)
    return lambda question, limit: [match.id for match in index.search(question, limit)]


def quality(offered: list[Document], asked: list[Document], judged: Judgements, labels: bool) -> None:
    """Print nDCG@10, recall@20 and MRR of each ranker and how many times better the engine is."""
    asked = [question for question in asked if judged.get(question.id)]
    least = 2 if any(grade > 1 for grades in judged.values() for grade in grades.values()) else 1
    text = label_text if labels else plain_text
    rankers = {
        "FTS5": fts5(offered, text),
        "stemmer": bm25(offered, stems, text),
        "compounds, all": bm25(offered, CompoundFilter(longest=False), text),
        "compounds, longest": bm25(offered, CompoundFilter(longest=True), text),
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
        print(
            f"{name:20} nDCG@10 {interval.value:.3f} [{interval.low:.3f}, {interval.high:.3f}]"
            f"  recall@20 {mean([one for one in recalls if one is not None]):.3f}"
            f"  MRR {mean([one for one in ranks if one is not None]):.3f}"
            f"  p50 {1000 * sorted(seconds)[len(seconds) // 2]:.1f} ms"
        )
    for ours in ("engine --plain", "engine"):
        for theirs in ("FTS5", "stemmer", "compounds, all", "compounds, longest"):
            ratio = paired_ratio(gains[ours], gains[theirs])
            print(f"{ours:15} / {theirs:20} {ratio.value:.2f} [{ratio.low:.2f}, {ratio.high:.2f}]")
    variants(rankers["engine"], asked, judged, mean(gains["engine"]), rankers["FTS5"], mean(gains["FTS5"]))


def variants(
    rank: Ranker, asked: list[Document], judged: Judgements, whole: float, other: Ranker, other_whole: float
) -> None:
    """Print what one slip in every fifth word costs, and what a question in English reaches."""

    def gain(ranker: Ranker, questions: list[Document]) -> float:
        return mean([ndcg(ranker(question, 100), judged[question.id]) for question in questions])

    ours, theirs = [], []
    for seed in SLIP_SEEDS:
        slipped = [with_slips(question, random.Random(seed)) for question in asked]
        ours.append(gain(rank, slipped) / whole - 1)
        theirs.append(gain(other, slipped) / other_whole - 1)
    print(
        f"a slip in every fifth word, {len(SLIP_SEEDS)} draws: engine {mean(ours):+.1%}, at worst {min(ours):+.1%};"
        f" FTS5 {mean(theirs):+.1%}, at worst {min(theirs):+.1%}"
    )
    english = {question.id: question for question in translated(asked)}
    if english:
        danish = gain(rank, [question for question in asked if question.id in english])
        print(f"in English: {gain(rank, list(english.values())) / danish:.0%} of the Danish question's nDCG@10")


def collections(folder: Path) -> list[tuple[Path, Path, Path]]:
    """The collections in a folder and its own folders."""
    found = []
    for place in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        solutions = place / "solutions.jsonl"
        challenges, judgements = sorted(place.glob("challenges*.jsonl")), sorted(place.glob("qrels*.tsv"))
        if solutions.exists() and challenges and judgements:
            found.append((solutions, challenges[0], judgements[0]))
    return found


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--labels", is_flag=True, help="Give the other rankers the target groups and kinds of organisation too.")
def main(paths: tuple[Path, ...], labels: bool) -> None:
    """Measure the collections given, or those in ../shared/matching."""
    if len(paths) == 3:
        chosen = [(paths[0], paths[1], paths[2])]
    else:
        folder = paths[0] if paths else SHARED
        chosen = collections(folder) if folder.is_dir() else []
    if not chosen:
        print(f"No collection found; give a folder or DOCUMENTS QUERIES QRELS ({SHARED} is not there).")
    for documents, queries, qrels in chosen:
        print(f"== {documents.parent}")
        quality(read_documents(documents), read_documents(queries), read_judgements(qrels), labels)


if __name__ == "__main__":
    main()
