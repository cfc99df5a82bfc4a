"""Social return on investment.

Source: A Guide to Social Return on Investment, Cabinet Office (2009) and The SROI Network (2012), stages 3 to 5.
"""

from .case import LINEAR, Case, Conventions, Input, Outcome, read_case
from .result import Result
from .terms import likely_uncertain, model, stated_uncertainty
from .writing import as_json

__all__ = [
    "LINEAR",
    "Case",
    "Conventions",
    "Input",
    "Outcome",
    "Result",
    "as_json",
    "likely_uncertain",
    "model",
    "read_case",
    "stated_uncertainty",
]
