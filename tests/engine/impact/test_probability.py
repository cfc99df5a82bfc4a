"""Distribution functions beside SciPy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fyrtaarn.engine.impact.probability import beta_cdf, beta_quantile, t_cdf, t_quantile

from .cases import timeless

shapes = st.floats(0.1, 500)
chances = st.floats(0.001, 0.999)


@timeless
@given(st.floats(0, 1), shapes, shapes)
def test_beta(x: float, alpha: float, beta: float) -> None:
    assert beta_cdf(x, alpha, beta) == pytest.approx(stats.beta.cdf(x, alpha, beta), abs=1e-10)


@timeless
@given(chances, shapes, shapes)
def test_beta_the_other_way(p: float, alpha: float, beta: float) -> None:
    assert beta_quantile(p, alpha, beta) == pytest.approx(stats.beta.ppf(p, alpha, beta), rel=1e-7, abs=1e-12)


@timeless
@given(st.floats(-50, 50), st.integers(1, 300))
def test_t(t: float, freedom: int) -> None:
    assert t_cdf(t, freedom) == pytest.approx(stats.t.cdf(t, freedom), abs=1e-9)


@timeless
@given(chances, st.integers(1, 300))
def test_t_the_other_way(p: float, freedom: int) -> None:
    assert t_quantile(p, freedom) == pytest.approx(stats.t.ppf(p, freedom), rel=1e-6, abs=1e-6)
