"""Distribution functions that the standard library lacks: beta and Student's t."""

from math import exp, lgamma, log, log1p, sqrt

TINY = 1e-300
PRECISE = 1e-15
MOST_ROUNDS = 10_000
BISECTIONS = 200


def beta_cdf(x: float, alpha: float, beta: float) -> float:
    """The regularised incomplete beta function, the chance that a beta variable is at most x.

    Continued fraction NIST DLMF 8.17.22, evaluated by Lentz's method (Numerical Recipes, section 6.4).
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (alpha + 1) / (alpha + beta + 2):
        return 1 - beta_cdf(1 - x, beta, alpha)
    front = exp(lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) + alpha * log(x) + beta * log1p(-x)) / alpha
    return front / _continued_fraction(x, alpha, beta)


def _continued_fraction(x: float, alpha: float, beta: float) -> float:
    value = c = 1.0
    d = 0.0
    for step in range(1, MOST_ROUNDS):
        m = step // 2
        if step % 2:
            numerator = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2 * m) * (alpha + 2 * m + 1))
        else:
            numerator = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m))
        d = 1 / (1 + numerator * d or TINY)
        c = 1 + numerator / c or TINY
        value *= c * d
        if abs(c * d - 1) < PRECISE:
            return value
    raise ArithmeticError(f"the incomplete beta function does not settle at {x}, {alpha}, {beta}")


def beta_quantile(p: float, alpha: float, beta: float) -> float:
    """The value that a beta variable stays below with chance p, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_cdf(middle, alpha, beta) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_cdf(t: float, freedom: int) -> float:
    """The chance that Student's t with so many degrees of freedom is at most t; NIST DLMF 8.17, Abramowitz and Stegun
    26.7.1."""
    if t * t < freedom:  # from the middle, where the tail would be a difference of near numbers
        middle = beta_cdf(t * t / (freedom + t * t), 0.5, freedom / 2) / 2
        return 0.5 + middle if t > 0 else 0.5 - middle
    tail = beta_cdf(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


def t_quantile(p: float, freedom: int) -> float:
    """The value that Student's t stays below with chance p."""
    if p < 0.5:
        return -t_quantile(1 - p, freedom)
    x = beta_quantile(2 * (1 - p), freedom / 2, 0.5)
    return sqrt(freedom * (1 - x) / x)
