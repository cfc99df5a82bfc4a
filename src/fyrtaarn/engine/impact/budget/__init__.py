"""Budget effect: what public purses save or spend when more people succeed.

Structure of Den Socialøkonomiske Investeringsmodel (SØM) of the Danish Authority of Social Services and Housing:
participants × net success × consequence × price, by purse, over up to ten years. It is money in public budgets, no worth
to society, and is never added to a social return.

All amounts are in the prices of one year. An effect is positive where a purse is better off.
"""

from .case import PURSES, Case
from .files import read_case
from .result import Result
from .terms import likely_uncertain, model, stated_uncertainty
from .writing import as_json

__all__ = ["PURSES", "Case", "Result", "as_json", "likely_uncertain", "model", "read_case", "stated_uncertainty"]
