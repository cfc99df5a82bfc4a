"""Search: a question and filters in, explained results and counted facets out. Visibility is part of every statement."""

from .asking import Answer, ask
from .counting import count_all
from .facets import Facet, Selection
from .results import Hit, Results, hits_of, search
from .scope import Scope

__all__ = ["Answer", "Facet", "Hit", "Results", "Scope", "Selection", "ask", "count_all", "hits_of", "search"]
