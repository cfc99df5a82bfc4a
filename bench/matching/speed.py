"""How fast and how large: building, searching, one new offer against many saved searches; in processor time.

    python bench/matching/speed.py FOLDER [--documents 100000] [--profiles 100000]

The folder holds solutions.jsonl and challenges*.jsonl; offers are drawn from its sentences.
"""

import random
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

import click

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.matching.baselines import fts5, plain_text
from fyrtaarn.engine.matching import Document, Index, Profiles, analyse, prepare, trace
from fyrtaarn.engine.matching.reading import read_documents

DISTINCT_PLANS = 2_000


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def drawn(offers: Sequence[Document], count: int) -> list[Document]:
    """Offers made of sentences drawn from the given ones."""
    source = random.Random(1)
    sentences = [sentence for offer in offers for sentence in offer.text.split(". ")]
    return [
        replace(
            source.choice(offers),
            id=str(number),
            title=source.choice(offers).title,
            text=". ".join(source.sample(sentences, 6)),
        )
        for number in range(count)
    ]


def timed(calls: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """Median and 95th percentile of the calls, in milliseconds."""
    seconds = []
    for call in calls:
        start = process_time()
        call()
        seconds.append(process_time() - start)
    seconds.sort()
    return 1000 * seconds[len(seconds) // 2], 1000 * seconds[len(seconds) * 95 // 100]


def measure_search(index: Index, offers: Sequence[Document], questions: Sequence[Document]) -> None:
    """Print what building and searching take, beside FTS5."""
    by_id = {offer.id: offer for offer in offers}
    start = process_time()
    for offer in offers:
        index.add(offer)
    print(f"{len(offers):,} documents: built in {process_time() - start:.1f} s, {memory():.0f} MB")

    def whole(question: Document) -> list[object]:
        return [trace(match, by_id[match.id]) for match in index.search(question, 20)]

    median, high = timed([lambda question=question: whole(question) for question in questions])  # type: ignore[misc]
    print(f"a whole challenge with 20 explained results: p50 {median:.1f} ms, p95 {high:.1f} ms")
    rank = fts5(offers, plain_text)
    other, other_high = timed([lambda question=question: rank(question, 20) for question in questions])  # type: ignore[misc]
    print(f"FTS5: p50 {other:.1f} ms, p95 {other_high:.1f} ms")


def measure_profiles(index: Index, offers: Sequence[Document], count: int) -> None:
    """Print what one new offer against all saved searches takes."""
    plans = [index.plan(offer.text, most=24) for offer in offers[:DISTINCT_PLANS]]
    profiles = Profiles()
    for number in range(count):
        profiles.add(str(number), plans[number % len(plans)])
    stored = [analyse(offer) for offer in offers[-50:]]
    median, high = timed([lambda one=one: profiles.match(one) for one in stored])  # type: ignore[misc]
    print(f"one new offer against {count:,} saved searches: p50 {median:.1f} ms, p95 {high:.1f} ms")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--documents", default=100_000, show_default=True)
@click.option("--profiles", default=100_000, show_default=True)
def main(folder: Path, documents: int, profiles: int) -> None:
    """Measure speed and memory on offers drawn from a collection."""
    offers = read_documents(folder / "solutions.jsonl")
    questions = [one for path in sorted(folder.glob("challenges*.jsonl")) for one in read_documents(path)]
    start = process_time()
    prepare()
    print(f"ready after {process_time() - start:.1f} s, {memory():.0f} MB")
    index = Index()
    drawn_offers = drawn(offers, documents)
    measure_search(index, drawn_offers, questions)
    measure_profiles(index, drawn_offers, profiles)


if __name__ == "__main__":
    main()
