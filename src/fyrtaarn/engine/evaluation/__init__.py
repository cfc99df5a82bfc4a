"""How good a ranking is: measures, and how sure one can be of them."""

from .measures import Judgements, mean, mrr, ndcg, recall
from .resampling import Interval, bootstrap, paired_ratio
from .trec import read_judgements, read_run, run_lines

__all__ = [
    "Interval",
    "Judgements",
    "bootstrap",
    "mean",
    "mrr",
    "ndcg",
    "paired_ratio",
    "read_judgements",
    "read_run",
    "recall",
    "run_lines",
]
