"""Monte Carlo, tornado and Sobol' indices against closed forms."""

import tracemalloc
from fractions import Fraction
from math import erf, prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.impact import run as bench
from fyrtaarn.engine.impact import uncertainty
from fyrtaarn.engine.impact.distributions import Beta, Distribution, Empirical, Normal, Triangular
from fyrtaarn.engine.impact.model import Model, Parameter, Term
from fyrtaarn.engine.impact.reading import Fields, InputError
from fyrtaarn.engine.impact.sroi import Case, likely_uncertain, model, stated_uncertainty
from fyrtaarn.engine.impact.uncertainty import Names, as_json, assumed, read_uncertainty, simulate, sobol, tornado

from .cases import cases, example, read, small

DRAWS = 40_000
NAMES = Names("gains", "costs", "chance", "ratio")


def linear(weights: dict[str, float]) -> Model:
    """A net result that is a weighted sum of parameters, each a term of its own."""

    def term(name: str, weight: float) -> Term:
        return Term((name,), lambda values: weight * values[name])

    parameters = {name: Parameter(Fraction(1), least=None) for name in weights}
    return Model(parameters, tuple(term(name, weight) for name, weight in weights.items()), ())


def product(names: str) -> Model:
    """A net result that is the product of parameters."""

    def worth(values: Any) -> Any:
        return prod(values[name] for name in names)

    return Model({name: Parameter(Fraction(1)) for name in names}, (Term(tuple(names), worth),), ())


def test_a_sum_of_normals_is_normal() -> None:
    weights = {"a": 2.0, "b": -3.0, "c": 0.5}
    uncertain = {name: Normal(10, 4) for name in weights}
    net = simulate(linear(weights), uncertain, DRAWS, 1).net
    mean, sd = 10 * sum(weights.values()), 4 * sum(weight**2 for weight in weights.values()) ** 0.5
    assert net.mean() == pytest.approx(mean, abs=4 * sd / DRAWS**0.5)
    assert net.std() == pytest.approx(sd, rel=0.02)
    for p, z in ((10, -1.2815516), (50, 0), (90, 1.2815516)):
        assert np.percentile(net, p) == pytest.approx(mean + z * sd, abs=0.03 * sd)
    assert (net < 0).mean() == pytest.approx(0.5 * (1 + erf(-mean / sd / 2**0.5)), abs=0.01)


def test_the_mean_of_a_product_is_the_product_of_the_means() -> None:
    content = small(deadweight="0.2", attribution="0.3", duration_years=3)
    content["outcomes"][0]["uncertainty"] = {
        "quantity": {"distribution": "triangular", "low": 5, "mode": 10, "high": 30},
        "unit_value": {"distribution": "normal", "mean": 20, "sd": 5},
        "deadweight": {"distribution": "beta", "alpha": 2, "beta": 6},
        "attribution": {"distribution": "triangular", "low": 0, "mode": 0, "high": "0.6"},
    }
    content["inputs"][0]["uncertainty"] = {"value": {"distribution": "triangular", "low": 80, "mode": 90, "high": 130}}
    case = read(content)
    uncertain = read_uncertainty(model(case), stated_uncertainty(Fields(content), case))
    drawn = simulate(model(case), uncertain, DRAWS, 5)
    expected = 15 * 20 * (1 - 2 / 8) * (1 - 0.2) * 3
    error = drawn.gains.std() / DRAWS**0.5
    assert drawn.gains.mean() == pytest.approx(expected, abs=4 * error)
    assert drawn.costs.mean() == pytest.approx(100, abs=4 * drawn.costs.std() / DRAWS**0.5)


@settings(max_examples=15, deadline=None)
@given(cases)
def test_certain_numbers_give_the_exact_result_in_each_draw(case: Case) -> None:
    drawn = simulate(model(case), {}, 100, 1)
    assert np.allclose(drawn.net, float(model(case).base_net), rtol=1e-9, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(cases, st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_draws(case: Case, seed: int) -> None:
    uncertain = assumed(model(case), likely_uncertain(case))
    one, other = (simulate(model(case), uncertain, 200, seed) for _ in range(2))
    assert (one.net == other.net).all()


def test_another_seed_gives_others() -> None:
    case = read(example())
    uncertain = assumed(model(case), likely_uncertain(case))
    assert (simulate(model(case), uncertain, 200, 1).net != simulate(model(case), uncertain, 200, 2).net).all()


def test_an_uncertain_rate_is_the_same_for_all_rows_of_a_draw() -> None:
    """Worth and cost of the same year cancel out in every draw."""
    content = {
        "conventions": {"uncertainty": {"discount_rate": {"distribution": "beta", "alpha": 2, "beta": 20}}},
        "inputs": [{"value": 200, "year": 4}],
        "outcomes": [{"quantity": 10, "unit_value": 20, "first_year": 4}],
    }
    case = read(content)
    uncertain = read_uncertainty(model(case), stated_uncertainty(Fields(content), case))
    drawn = simulate(model(case), uncertain, 500, 1)
    assert np.allclose(drawn.net, 0)
    assert drawn.gains.std() > 1


def test_bars_of_a_tornado() -> None:
    weights = {"a": 1.0, "b": -3.0, "c": 0.0}
    bars = tornado(linear(weights), {name: Triangular(0, 1, 2) for name in weights})
    assert [bar.name for bar in bars] == ["b", "a", "c"]
    p10 = (0.1 * 2 * 1) ** 0.5
    assert (bars[0].low, bars[0].high) == pytest.approx((p10, 2 - p10))
    assert bars[0].net_at_low == pytest.approx(1 - 3 * p10)
    assert bars[1].swing == pytest.approx(2 - 2 * p10)
    assert bars[2].swing == 0


def test_sobol_of_a_sum() -> None:
    """Each has its own share of the variance, first and total order alike."""
    weights = {"a": 1.0, "b": 2.0, "c": 4.0}
    for index, share in zip(
        sobol(linear(weights), dict.fromkeys(weights, Normal(0, 1)), DRAWS, 3), (1, 4, 16), strict=True
    ):
        assert index.first == pytest.approx(share / 21, abs=4 * index.first_error)
        assert index.total == pytest.approx(share / 21, abs=4 * index.total_error)
        assert index.first_error < 0.02


def test_sobol_of_a_product() -> None:
    """Var(xy) = (m²+v)² − m⁴; alone each explains m²v of it, together with the other m²v + v²."""
    m, v = 2.0, 1.0
    variance = (m * m + v) ** 2 - m**4
    for index in sobol(product("xy"), dict.fromkeys("xy", Normal(m, v**0.5)), DRAWS, 3):
        assert index.first == pytest.approx(m * m * v / variance, abs=4 * index.first_error)
        assert index.total == pytest.approx((m * m * v + v * v) / variance, abs=4 * index.total_error)


def test_sobol_of_a_number_that_all_rows_share() -> None:
    content = small(duration_years=4)
    content["outcomes"].append({"id": "more", "quantity": 30, "unit_value": 7, "duration_years": 2})
    content["inputs"].append({"value": 9, "year": 3})
    parts = model(read(content))
    uncertain: dict[str, Distribution] = {"discount_rate": Beta(2, 20), "more.drop_off": Beta(2, 2)}
    whole = simulate(parts, uncertain, DRAWS, 2).net.var()
    for index in sobol(parts, uncertain, DRAWS, 1):
        alone = simulate(parts, {**uncertain, index.name: Empirical((uncertain[index.name].quantile(0.5),))}, DRAWS, 2)
        assert index.first == pytest.approx(1 - alone.net.var() / whole, abs=0.05)


def test_sobol_keeps_no_more_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uncertainty, "MOST_KEPT", 300_000)
    weights = {f"w{place}": 1.0 for place in range(20)}
    uncertain = dict.fromkeys(weights, Normal(0, 1))
    with pytest.raises(ValueError, match="20 uncertain numbers allow at most 5000 draws here"):
        sobol(linear(weights), uncertain, 5001, 1)
    tracemalloc.start()
    sobol(linear(weights), uncertain, 5000, 1)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * 8 * uncertainty.MOST_KEPT


def test_sobol_refuses_what_does_not_fit_and_what_does_not_vary() -> None:
    with pytest.raises(ValueError, match="at most"):
        sobol(linear({"a": 1.0, "b": 1.0}), dict.fromkeys("ab", Normal(0, 1)), 10**8, 1)
    with pytest.raises(ValueError, match="nothing that varies"):
        sobol(linear({"a": 0.0}), {"a": Normal(0, 1)}, 100, 1)


def test_all_of_it_for_the_example() -> None:
    case = read(example())
    uncertain = assumed(model(case), likely_uncertain(case))
    found = as_json(model(case), uncertain, 2000, 1, NAMES, with_sobol=True)
    assert float(found["ratio"]["p10"]) < 1.929 < float(found["ratio"]["p90"])
    assert float(found["chance"]["chance"]) < 0.01
    assert {bar["parameter"] for bar in found["tornado"][:2]} == {"o1c.quantity", "o1c.unit_value"}
    assert {one["parameter"] for one in found["sobol"]} == set(uncertain)
    assert found["distributions"]["o4.deadweight"] == {
        "distribution": "triangular", "low": "0.8", "mode": "1", "high": "1",
    }  # fmt: skip
    assert "o1a.drop_off" not in uncertain, "it lasts one year"


def test_without_inputs_there_is_no_ratio() -> None:
    case = read({"inputs": [], "outcomes": [{"quantity": 1, "unit_value": 2}]})
    found = as_json(model(case), assumed(model(case), likely_uncertain(case)), 100, 1, NAMES)
    assert found["ratio"] is None
    assert found["net_present_value"]["p50"]


def test_what_is_nowhere_cannot_be_uncertain() -> None:
    content = small(uncertainty={"duration_years": {"distribution": "triangular", "low": 1, "mode": 2, "high": 3}})
    case = read(content)
    with pytest.raises(InputError, match=r"outcomes\[0\].uncertainty.duration_years.*1.duration_years is nothing"):
        read_uncertainty(model(case), stated_uncertainty(Fields(content), case))


def test_a_plain_loop_finds_the_same() -> None:
    case = bench.impact_map(6)
    uncertain: dict[str, Distribution] = bench.distributions(case)
    ours, theirs = simulate(model(case), uncertain, DRAWS, 1).net, np.array(bench.loop(case, uncertain, 4000))
    assert ours.mean() == pytest.approx(theirs.mean(), abs=4 * theirs.std() / 4000**0.5)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.1)


def test_beta_reaches_from_low_to_high() -> None:
    drawn = Beta(1, 1, 3, 5).draw(np.random.Generator(np.random.PCG64(1)), 1000)
    assert 3 <= drawn.min() < 3.1
    assert 4.9 < drawn.max() <= 5
