"""Search: a question and filters in, explained results and counted facets out. Visibility is part of every statement."""

from .asking import Answer, Found, ask, ask_each
from .counting import count_all
from .facets import Facet, Selection
from .question import Question
from .results import Hit, Results, hits_of_each, search
from .scope import Scope

__all__ = [
    "Answer",
    "Facet",
    "Found",
    "Hit",
    "Question",
    "Results",
    "Scope",
    "Selection",
    "ask",
    "ask_each",
    "count_all",
    "hits_of_each",
    "search",
]
