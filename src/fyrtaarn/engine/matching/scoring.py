"""The score of one document: a sum of whole numbers, each with its reason."""

from collections.abc import Mapping

from .analysis import WEIGHT_UNIT
from .documents import Caveat, Contribution, Facts, Match, Plan, QueryTerm

REASON_OF_KIND = {"f": "word", "c": "concept", "g": "target_group"}

# Adjustments in per cent of the points for terms: together never below -70 and never above +20.
SAME_DISTRICT = 6
SAME_MUNICIPALITY = 3
OTHER_MUNICIPALITY = -35
SHARED_GOAL = 2
MOST_SHARED_GOALS = 3
PROVEN = 3
ONLY_IDEA = -5
NO_CAPACITY = -12
STALE = -10
OTHER_LANGUAGE = -2


def term_points(plan: Plan, terms: Mapping[str, int]) -> int:
    """The part of the score that terms give: the sum of query weight times stored weight.

    A store of postings can compute the same with
    `sum(query.weight * posting.weight) ... group by document`.
    """
    return sum(one.weight * terms.get(one.term, 0) for one in plan.terms)


def adjustments(question: Facts, document: Facts) -> list[tuple[str, int, str]]:
    """(reason, per cent of the term points, subject) for what lies outside the words."""
    found: list[tuple[str, int, str]] = []
    if question.municipality and document.municipality:
        if question.municipality != document.municipality:
            if not document.movable:
                found.append(("other_municipality", OTHER_MUNICIPALITY, document.municipality))
        elif question.district and question.district == document.district:
            found.append(("same_district", SAME_DISTRICT, document.district))
        else:
            found.append(("same_municipality", SAME_MUNICIPALITY, document.municipality))
    if question.sdgs and document.sdgs:
        shared = sorted(set(question.sdgs) & set(document.sdgs))[:MOST_SHARED_GOALS]
        found += [("goal", SHARED_GOAL, str(goal)) for goal in shared]
    if document.stage in ("proven", "scaled"):
        found.append(("proven", PROVEN, ""))
    elif document.stage == "idea":
        found.append(("only_idea", ONLY_IDEA, ""))
    if document.capacity == 0:
        found.append(("no_capacity", NO_CAPACITY, ""))
    if not document.fresh:
        found.append(("stale", STALE, ""))
    if question.language != document.language:
        found.append(("other_language", OTHER_LANGUAGE, document.language))
    return found


def adjusted(points: int, question: Facts, document: Facts) -> int:
    """Term points with all adjustments, exactly as `score` adds them up."""
    return points + sum(percentage(points, share) for _, share, _ in adjustments(question, document))


def percentage(points: int, share: int) -> int:
    """`share` per cent of the points, cut towards nought, so that more points never give less."""
    part = points * abs(share) // 100
    return part if share >= 0 else -part


def score(plan: Plan, terms: Mapping[str, int], facts: Facts | None = None, id: str = "") -> Match:
    """The match of one document from its stored terms and facts.

    The score is the sum of the points of all contributions. Without facts nothing is adjusted.
    """
    contributions = []
    points = covered = 0
    for one in plan.terms:
        stored = terms.get(one.term)
        if stored is not None:
            contributions.append(_term_contribution(one, stored))
            points += one.weight * stored
            covered += coverage(one.weight, stored)
    against: list[Caveat] = []
    shares = adjustments(plan.facts, facts) if facts else []
    for reason, share, subject in shares:
        part = percentage(points, share)
        contributions.append(Contribution(reason, part, subject))
        if share < 0:
            against.append(Caveat(reason, part, subject))
    return Match(
        id,
        sum(one.points for one in contributions),
        tuple(contributions),
        tuple(against),
        fit_of(covered, plan.full, sum(share for _, share, _ in shares)),
        facts.language if facts else "",
    )


def coverage(weight: int, stored: int) -> int:
    """How far a document covers a term of a question: in full once it says it as often as is typical."""
    return weight * min(stored, WEIGHT_UNIT)


def fit_of(covered: int, full: int, share: int) -> int:
    """What is covered of a question's full weight, adjusted by a share, in per cent from 0 to 100."""
    return min(100, covered * (100 + share) // full) if full else 0


def _term_contribution(term: QueryTerm, stored: int) -> Contribution:
    reason = REASON_OF_KIND.get(term.kind) or ("word" if term.whole else "part")
    subject = term.term[2:] if reason in ("concept", "target_group") else term.words[0].lower()
    return Contribution(reason, term.weight * stored, subject, term.term, term.words)
