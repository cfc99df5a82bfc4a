"""How often the entrance's proposals are right: questions of our own writing that it has not learnt from.

    python bench/entrance/run.py [--wrong]

The topics and their words are those that come with the product, with the departments of Copenhagen. `learnt.tsv` is what
a municipality would have sorted in its first weeks, five questions a topic; `held_out.tsv` is asked. A department is
right when the first proposal's topic belongs to the right one.
"""

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))

from fyrtaarn.engine.routing import Router, Sorted, Topic  # noqa: E402

TOPICS = HERE.parents[1] / "src" / "fyrtaarn" / "entrance" / "data" / "topics.csv"
PLACES = {  # by topic, in the order of the file: its key in the questions, and the department
    "lok": "oekonomi", "ind": "oekonomi", "pra": "beskaeftigelse", "sta": "beskaeftigelse", "rsv": "beskaeftigelse",
    "pul": "social", "til": "klima", "aff": "klima", "mad": "oekonomi", "ael": "sundhed", "uds": "social",
    "han": "social", "bor": "boern", "ung": "beskaeftigelse", "int": "beskaeftigelse", "kul": "kultur",
}  # fmt: skip
KEYS = list(PLACES)
DEPARTMENTS = list(PLACES.values())
LEAST_FIRST, LEAST_THREE = 80, 95
Ranked = Callable[[str], Sequence[int]]


def topics() -> list[Topic]:
    with TOPICS.open(encoding="utf-8", newline="") as file:
        return [Topic(place, row["name"], row["words"]) for place, row in enumerate(csv.DictReader(file))]


def questions(name: str) -> list[Sorted]:
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [Sorted(KEYS.index(key), text) for key, _tab, text in (line.partition("\t") for line in lines)]


def measure(rank: Ranked, asked: Sequence[Sorted]) -> tuple[float, float, float]:
    """Per cent with the right topic first, the right topic among three, and the right department first."""
    found = [(one, list(rank(one.text))[:3]) for one in asked]
    first = sum(one.topic in places[:1] for one, places in found)
    three = sum(one.topic in places for one, places in found)
    department = sum(bool(places) and DEPARTMENTS[places[0]] == DEPARTMENTS[one.topic] for one, places in found)
    return 100 * first / len(asked), 100 * three / len(asked), 100 * department / len(asked)


def by(router: Router) -> Ranked:
    return lambda text: [one.topic for one in router.propose(text)]


@click.command()
@click.option("--wrong", is_flag=True, help="Show each question whose first proposal is wrong.")
def main(wrong: bool) -> None:
    """Print the table, and fail where the promise is not kept."""
    learnt, asked = questions("learnt"), questions("held_out")
    whole = Router(topics(), learnt)
    rows = {
        "topics' words alone": by(Router(topics())),
        "earlier questions alone": by(Router([Topic(one.key, "") for one in topics()], learnt)),
        "both": by(whole),
    }
    print(f"{len(asked)} questions, {len(KEYS)} topics, {len(learnt)} earlier questions")
    print(f"{'':26}{'first':>8}{'three':>8}{'department':>12}")
    for name, rank in rows.items():
        print(f"{name:26}" + "{:8.1f}{:8.1f}{:12.1f}".format(*measure(rank, asked)))
    sure = [(one, whole.propose(one.text)) for one in asked]
    straight = [(one, found[0]) for one, found in sure if found and found[0].sure]
    right = sum(one.topic == first.topic for one, first in straight)
    print(f"sure: {len(straight)} of them, {100 * right / max(1, len(straight)):.1f} per cent right")
    begin = perf_counter()
    for one in asked:
        whole.propose(one.text)
    print(f"{1000 * (perf_counter() - begin) / len(asked):.1f} ms a question")
    if wrong:
        for one, found in sure:
            if not found or found[0].topic != one.topic:
                said = ", ".join(f"{KEYS[each.topic]} {each.share}" for each in found)
                print(f"{KEYS[one.topic]}: {one.text} -> {said}")
    first, three, _department = measure(rows["both"], asked)
    sys.exit(first < LEAST_FIRST or three < LEAST_THREE)


if __name__ == "__main__":
    main()
