"""TREC files: judgements (qrels) and runs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from .measures import Judgements


def read_judgements(path: Path) -> Judgements:
    """Judgements from `query<TAB>document<TAB>grade` or TREC's `query 0 document grade`.

    A first line whose grade is no number is taken as a heading.
    Raises ValueError for any other line that cannot be read.
    """
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) not in (3, 4):
            raise ValueError(f"{path}, line {number}: expected 3 or 4 columns")
        try:
            grade = int(fields[-1])
        except ValueError:
            if number == 1:
                continue
            raise ValueError(f"{path}, line {number}: the grade {fields[-1]!r} is no number") from None
        grades[fields[0]][fields[-2]] = grade
    return dict(grades)


def run_lines(question: str, ranked: Iterable[tuple[str, float]], tag: str) -> Iterator[str]:
    """The lines of a run for one question, ranks from 1."""
    for rank, (id, score) in enumerate(ranked, 1):
        yield f"{question} Q0 {id} {rank} {score} {tag}"


def read_run(path: Path) -> dict[str, list[str]]:
    """Question -> documents by rank."""
    ranked: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        question, _, id, rank, *_ = line.split()
        ranked[question].append((int(rank), id))
    return {question: [id for _, id in sorted(found)] for question, found in ranked.items()}
