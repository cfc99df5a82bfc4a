"""What certainty costs: 10,000 draws over an impact map of 200 rows, beside a plain Python loop.

    python bench/impact/run.py [DRAWS] [ROWS]

Every number of every row is uncertain, in turn by each kind of distribution; rows last one to ten years. Time is that of
the processor. The loop draws the same numbers one by one with the standard library; it draws a hundred times, which is
scaled up.
"""

import random
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from fyrtaarn.engine.impact.disclosure import cube, protect
from fyrtaarn.engine.impact.distributions import Beta, Distribution, Empirical, LogNormal, Normal, Triangular
from fyrtaarn.engine.impact.sroi import Case, Conventions, Input, Outcome, Result, as_json, model
from fyrtaarn.engine.impact.uncertainty import simulate, spread, tornado

LONGEST = 1.0
"""Seconds for the draws."""
LOOPED = 100
SEED = 1


def impact_map(rows: int) -> Case:
    """An impact map of so many rows, the same each time."""
    chosen = random.Random(SEED)

    def share() -> Fraction:
        return Fraction(chosen.randint(5, 60), 100)

    outcomes = tuple(
        Outcome(
            f"o{row}", Fraction(chosen.randint(1, 200)), Fraction(chosen.randint(-500, 5000)), share(), share(), share(),
            share(), duration_years=1 + row % 10,
        )
        for row in range(rows)
    )  # fmt: skip
    return Case(Conventions(Fraction("0.035")), (Input("municipality", "", Fraction(rows * 20_000), 0),), outcomes)


def distributions(case: Case) -> dict[str, Distribution]:
    """One for each number of each row: amounts triangular, lognormal, normal or seen; shares beta or triangular."""
    found: dict[str, Distribution] = {}
    for place, one in enumerate(case.outcomes):
        quantity, unit = float(one.quantity), float(one.unit_value)
        found[f"{one.id}.quantity"] = (
            Triangular(0.8 * quantity, quantity, 1.2 * quantity),
            LogNormal(Normal(1 + place / 100, 0.2)),
            Normal(quantity, 0.1 * quantity, least=0.0),
            Empirical(tuple(quantity * part / 10 for part in range(8, 13))),
        )[place % 4]
        found[f"{one.id}.unit_value"] = Normal(unit, 0.1 * abs(unit) + 1)
        for name in ("deadweight", "displacement", "attribution", "drop_off"):
            value = float(getattr(one, name))
            found[f"{one.id}.{name}"] = (
                Beta(20 * value, 20 * (1 - value)) if place % 2 else Triangular(0.8 * value, value, 1.2 * value)
            )
    return found


def one_by_one(distribution: Distribution, chosen: random.Random) -> float:
    """A draw with the standard library."""
    match distribution:
        case Triangular(low, mode, high):
            return chosen.triangular(low, high, mode)
        case Normal(mean, sd, least, most):
            while not least <= (drawn := chosen.gauss(mean, sd)) <= most:
                pass
            return drawn
        case LogNormal(Normal(mean, sd)):
            return chosen.lognormvariate(mean, sd)
        case Beta(alpha, beta, low, high):
            return low + (high - low) * chosen.betavariate(alpha, beta)
        case Empirical(values):
            return chosen.choice(values)
    raise TypeError(distribution)


def loop(case: Case, uncertain: dict[str, Distribution], draws: int) -> list[float]:
    """Net present values as one would write it without arrays."""
    chosen = random.Random(SEED)
    rate = 1 + float(case.conventions.discount_rate)
    inputs = sum(float(one.value) for one in case.inputs)
    found = []
    for _ in range(draws):
        total = -inputs
        for one in case.outcomes:
            drawn = {name: one_by_one(uncertain[f"{one.id}.{name}"], chosen) for name in (
                "quantity", "unit_value", "deadweight", "displacement", "attribution", "drop_off"
            )}  # fmt: skip
            worth = drawn["quantity"] * drawn["unit_value"]
            for name in ("deadweight", "displacement", "attribution"):
                worth *= 1 - drawn[name]
            for year in range(1, one.duration_years + 1):
                total += worth / rate**year
                worth *= 1 - drawn["drop_off"]
        found.append(total)
    return found


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the best of some rounds."""
    taken = []
    for _ in range(rounds):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return min(taken)


def main(draws: int = 10_000, rows: int = 200) -> None:
    case = impact_map(rows)
    parts, uncertain = model(case), distributions(case)
    exact = seconds(lambda: as_json(Result(case)), 1)
    ours = seconds(lambda: spread(simulate(parts, uncertain, draws, SEED).net, 2), 3)
    bars = seconds(lambda: tornado(parts, uncertain), 1)
    plain = seconds(lambda: loop(case, uncertain, LOOPED), 1) * draws / LOOPED
    print(f"{rows} rows, {len(uncertain)} uncertain numbers, {draws:,} draws")
    print(f"exact, with the way of each figure  {exact:8.2f} s")
    print(f"draws and percentiles               {ours:8.2f} s  (at most {LONGEST} s)")
    print(f"tornado                             {bars:8.2f} s")
    cells = {cell: int(random.Random(str(cell)).expovariate(1 / 20)) for cell in product(range(12), range(5), range(2))}
    figures = cube(cells)
    held = seconds(lambda: protect(cells, figures), 1)
    print(f"{len(figures)} figures made safe to show      {held:8.2f} s")
    print(f"draws in a plain Python loop        {plain:8.2f} s  ({plain / ours:.0f} times as long)")
    sys.exit(ours > LONGEST and (draws, rows) == (10_000, 200))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
