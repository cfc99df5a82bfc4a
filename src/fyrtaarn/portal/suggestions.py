"""Which themes and target groups a text seems to be about: offered to be clicked, never chosen for anybody."""

from collections.abc import Iterable
from functools import lru_cache

from fyrtaarn.engine.matching import Document, Index, analyse
from fyrtaarn.topics.models import TargetGroup, Theme

MOST_THEMES = 3
LEAST_FIT = 25  # per cent of a perfect fit; below it guesses are oftener wrong than right
LEAST_SHARE = 0.5  # of the best theme's fit
MOST_TARGET_GROUPS = 3
TARGET_GROUP_TERM = "g:"


def suggestions_for(title: str, text: str) -> dict[str, list[int]]:
    """Primary keys by field, the most likely first; nothing for an empty text."""
    if not (title + text).strip():
        return {}
    document = Document(id="", title=title, text=text)
    return {"themes": _themes(document), "target_groups": _target_groups(document)}


def _themes(document: Document) -> list[int]:
    rows = Theme.objects.order_by("pk").values_list("pk", "name", "description_da")
    found = [m for m in _index(tuple(rows)).search(document, MOST_THEMES) if m.fit >= LEAST_FIT]
    return [int(m.id) for m in found if m.fit >= LEAST_SHARE * found[0].fit]


def _target_groups(document: Document) -> list[int]:
    rows = TargetGroup.objects.order_by("pk").values_list("pk", "name")
    terms = analyse(document).terms
    points = {pk: sum(terms.get(term, 0) for term in _group_terms(name)) for pk, name in rows}
    found = sorted((pk for pk in points if points[pk]), key=lambda pk: -points[pk])
    return found[:MOST_TARGET_GROUPS]


@lru_cache(maxsize=4)
def _index(rows: Iterable[tuple[int, str, str]]) -> Index:
    index = Index()
    for pk, name, description in rows:
        index.add(Document(id=str(pk), title=name, text=description))
    return index


@lru_cache(maxsize=200)
def _group_terms(name: str) -> frozenset[str]:
    terms = analyse(Document(id="", title=name)).terms
    return frozenset(term for term in terms if term.startswith(TARGET_GROUP_TERM))
