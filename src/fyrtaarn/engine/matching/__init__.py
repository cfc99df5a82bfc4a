"""Matching that understands Danish and says why.

Documents in, ranked results with reasons out. `docs/developers/matching.md` shows the chain.
"""

from .analysis import analyse
from .documents import (
    ANALYSIS_VERSION,
    Analysis,
    Caveat,
    Contribution,
    Document,
    Facts,
    Match,
    Plan,
    QueryTerm,
    Statistics,
)
from .explaining import explain, marks, speak_against, trace
from .index import Index, rotation
from .planning import candidate_terms, plan, prepare
from .profiles import Profiles
from .scoring import adjusted, score, term_points
from .similar import plan_of_terms
from .taxonomy import Concept, Taxonomy, TaxonomyError, build, default_taxonomy, read_concepts, shipped_concepts

__all__ = [
    "ANALYSIS_VERSION",
    "Analysis",
    "Caveat",
    "Concept",
    "Contribution",
    "Document",
    "Facts",
    "Index",
    "Match",
    "Plan",
    "Profiles",
    "QueryTerm",
    "Statistics",
    "Taxonomy",
    "TaxonomyError",
    "adjusted",
    "analyse",
    "build",
    "candidate_terms",
    "default_taxonomy",
    "explain",
    "marks",
    "plan",
    "plan_of_terms",
    "prepare",
    "read_concepts",
    "rotation",
    "score",
    "shipped_concepts",
    "speak_against",
    "term_points",
    "trace",
]
