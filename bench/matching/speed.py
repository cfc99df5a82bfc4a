"""How fast and how large: building, searching, one new offer against many saved searches; in processor time.

    python bench/matching/speed.py FOLDER [--documents 100000] [--profiles 100000]

The folder holds solutions.jsonl and challenges*.jsonl; offers are drawn from its sentences. Each goal stands beside its
figure. SQLite FTS5 is asked the same in the same run, among 100,000 documents at most.
"""

import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

import click

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.matching.baselines import fts5, plain_text
from fyrtaarn.engine.matching import Document, Index, Profiles, analyse, prepare, trace
from fyrtaarn.engine.matching import index as searching
from fyrtaarn.engine.matching.reading import read_documents

DISTINCT_PLANS = 2_000
MOST_IN_BASELINE = 100_000
SHOWN = 20


def goal(name: str, figure: float, least_or_most: str, limit: float, unit: str) -> None:
    """Print a figure beside what it should be."""
    met = figure >= limit if least_or_most == "at least" else figure <= limit
    print(f"{name}: {figure:,.1f} {unit} (goal: {least_or_most} {limit:,.0f} {unit}) {'ok' if met else 'NOT MET'}")


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Drawn:
    """Offers made of sentences drawn from the given ones; each is made when it is looked at, always the same."""

    def __init__(self, offers: Sequence[Document], count: int) -> None:
        self.offers, self.count = offers, count
        self.sentences = [sentence for offer in offers for sentence in offer.text.split(". ")]

    def __getitem__(self, number: int) -> Document:
        if not 0 <= number < self.count:
            raise IndexError(number)
        source = random.Random(number)
        return replace(
            source.choice(self.offers),
            id=str(number),
            title=source.choice(self.offers).title,
            text=". ".join(source.sample(self.sentences, 6)),
        )

    def __len__(self) -> int:
        return self.count

    def first(self, count: int) -> Iterator[Document]:
        """The first of them."""
        return (self[number] for number in range(min(count, self.count)))


def timed(calls: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """Median and 95th percentile of the calls, in milliseconds."""
    seconds = []
    for call in calls:
        start = process_time()
        call()
        seconds.append(process_time() - start)
    seconds.sort()
    return 1000 * seconds[len(seconds) // 2], 1000 * seconds[len(seconds) * 95 // 100]


def build(offers: Drawn) -> Index:
    """The index of all offers; prints what analysing and adding them takes."""
    index, seconds = Index(), 0.0
    for offer in offers.first(len(offers)):
        start = process_time()
        index.add(offer)
        seconds += process_time() - start
    start = process_time()
    if len(offers) > MOST_IN_BASELINE:
        index.make_rows()
    seconds += process_time() - start
    goal(f"{len(offers):,} documents analysed and indexed", seconds, "at most", 20 * len(offers) / 100_000, "s")
    print(f"with the index in memory: {memory():.0f} MB")
    return index


def measure_search(index: Index, offers: Drawn, questions: Sequence[Document]) -> None:
    """Print what a whole challenge takes, beside FTS5."""
    shown = {match.id for question in questions for match in index.search(question, SHOWN)}
    by_id = {id: offers[int(id)] for id in shown}

    def whole(question: Document) -> list[object]:
        return [trace(match, by_id[match.id]) for match in index.search(question, SHOWN)]

    median, high = timed([lambda question=question: whole(question) for question in questions])  # type: ignore[misc]
    print(f"a whole challenge with analysis and {SHOWN} explained results: p50 {median:.1f} ms, p95 {high:.1f} ms")
    goal("p95 of it", high, "at most", 10, "ms")
    share = overlap(index, questions)
    print(f"of the {SHOWN} best of all, found: {share:.1%} (exact up to {searching.MOST_ADDED_UP:,} postings)")
    count = min(len(offers), MOST_IN_BASELINE)
    rank = fts5(list(offers.first(count)), plain_text)
    other, other_high = timed([lambda question=question: rank(question, SHOWN) for question in questions])  # type: ignore[misc]
    print(f"FTS5 with {count:,}: p50 {other:.1f} ms, p95 {other_high:.1f} ms")
    goal("faster than FTS5 at the median", other / median, "at least", 100, "times")


def overlap(index: Index, questions: Sequence[Document]) -> float:
    """The share of answers that are as good as the best when no posting is left out."""
    most, good, every = searching.MOST_ADDED_UP, 0, 0
    for question in questions:
        wanted = index.plan(question)
        found = index.search(wanted, SHOWN)
        searching.MOST_ADDED_UP = sys.maxsize
        best = index.search(wanted, SHOWN)
        searching.MOST_ADDED_UP = most
        good += sum(match.score >= best[-1].score for match in found)
        every += len(best)
    return good / every


def measure_profiles(index: Index, offers: Drawn, count: int) -> None:
    """Print what one new offer against all saved searches takes."""
    plans = [index.plan(offer.text, most=24) for offer in offers.first(DISTINCT_PLANS)]
    profiles = Profiles()
    for number in range(count):
        profiles.add(str(number), plans[number % len(plans)])
    stored = [analyse(offers[len(offers) - number]) for number in range(1, 51)]
    median, high = timed([lambda one=one: profiles.match(one) for one in stored])  # type: ignore[misc]
    print(f"one new offer against {count:,} saved searches: p50 {median:.1f} ms, p95 {high:.1f} ms")
    goal("p95 of it", high, "at most", 50, "ms")


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
    print(f"ready after {process_time() - start:.1f} s")
    goal("memory of a process that holds the engine", memory(), "at most", 150, "MB")
    drawn = Drawn(offers, documents)
    index = build(drawn)
    measure_search(index, drawn, questions)
    measure_profiles(index, drawn, profiles)


if __name__ == "__main__":
    main()
