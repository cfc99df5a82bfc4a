"""`fyrtaarn impact`: what comes of it, from a file, without database or server, so that anyone can check it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click

from fyrtaarn.engine.impact import budget as budget_effect
from fyrtaarn.engine.impact import sroi as social_return
from fyrtaarn.engine.impact.model import Model
from fyrtaarn.engine.impact.reading import Fields, InputError, read_file, write

_FILE = click.Path(path_type=Path)


class Fault(click.ClickException):
    """What is wrong in the file, in one line."""

    exit_code = 2


class Chosen(NamedTuple):
    """How to draw."""

    draws: int
    seed: int
    sobol: bool


@click.group(name="impact")
def command() -> None:
    """Calculate social return and budget effect from a JSON file."""


_UNCERTAINTY = (
    click.option("--monte-carlo", "draws", type=click.IntRange(2, 1_000_000), help="Add intervals from so many draws."),
    click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="The same seed, the same draws."),
    click.option("--sobol", is_flag=True, help="With draws: which numbers the uncertainty comes from."),
)


def _with_uncertainty(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_UNCERTAINTY):
        command = option(command)
    return command


@command.command()
@click.argument("file", type=_FILE)
@_with_uncertainty
def sroi(file: Path, draws: int | None, seed: int, sobol: bool) -> None:
    """Print the social return of FILE as JSON, with how each figure came about."""
    with _faults_in_one_line():
        fields = read_file(file)
        case = social_return.read_case(fields)
        result = social_return.as_json(social_return.Result(case))
        if draws:
            stated = social_return.stated_uncertainty(fields, case)
            likely = social_return.likely_uncertain(case)
            names = ("total_present_value", "present_value_of_inputs", "chance_below_one", "sroi_ratio")
            result["monte_carlo"] = _monte_carlo(
                social_return.model(case), stated, likely, names, Chosen(draws, seed, sobol)
            )
        click.echo(write(result))


@command.command()
@click.argument("file", type=_FILE)
@_with_uncertainty
def budget(file: Path, draws: int | None, seed: int, sobol: bool) -> None:
    """Print the budget effect of FILE by purse as JSON, with how each figure came about."""
    with _faults_in_one_line():
        fields = read_file(file)
        case = budget_effect.read_case(fields)
        result = budget_effect.as_json(case)
        if draws:
            names = ("present_value_of_effects", "present_value_of_costs", "chance_of_a_loss")
            likely = budget_effect.likely_uncertain(case)
            result["monte_carlo"] = {
                name: _monte_carlo(
                    budget_effect.model(case, purses),
                    budget_effect.stated_uncertainty(fields, case),
                    likely,
                    names,
                    Chosen(draws, seed, sobol and purses == budget_effect.PURSES),
                )
                for name, purses in (
                    ("all_purses", budget_effect.PURSES),
                    *((purse, (purse,)) for purse in budget_effect.PURSES),
                )
            }
        click.echo(write(result))


@contextmanager
def _faults_in_one_line() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise Fault(" ".join(str(error).split())) from error


def _monte_carlo(
    model: Model, stated: Iterable[tuple[str, Fields]], likely: Iterable[str], names: tuple[str, ...], chosen: Chosen
) -> dict[str, Any]:
    """Intervals from the distributions that the file states, or from assumed ones, which is said."""
    from fyrtaarn.engine.impact import uncertainty  # NumPy takes its time to start

    uncertain = uncertainty.read_uncertainty(model, stated)
    assumed = not uncertain
    if assumed:
        uncertain = uncertainty.assumed(model, likely)
    try:
        found = uncertainty.as_json(
            model, uncertain, chosen.draws, chosen.seed, uncertainty.Names(*names), with_sobol=chosen.sobol
        )
    except ValueError as error:
        raise Fault(str(error)) from error
    return {"distributions_are_assumed": assumed, **found}
