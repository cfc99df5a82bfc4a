"""Which themes, target groups and UN goals a text seems to be about: offered to be clicked, never chosen for anybody."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from fyrtaarn.engine.matching import Document, Index, analyse
from fyrtaarn.topics.models import Goal, TargetGroup, Theme
from fyrtaarn.vocabulary.current import newest_number, taxonomy_numbered

MOST = 3
LEAST_FIT = 8  # per cent of a perfect fit; below it guesses are oftener wrong than right
LEAST_SHARE = 0.5  # of the best guess
TARGET_GROUP_TERM, CONCEPT_TERM = "g:", "c:"
CONCEPTS_OF_GOALS = {
    1: ("fattigdom", "gæld", "kontanthjælp", "fødevarehjælp"),
    2: ("fødevarehjælp", "måltider til ældre", "skolemad"),
    3: ("helbred", "sundhedsfremme", "psykisk sundhed", "motion", "rusmidler", "stress", "demens", "ensomhed"),
    4: ("uddannelse", "skole", "lærling", "opkvalificering", "læsning", "lektiehjælp", "naturfag"),
    5: ("kvinder", "lgbt"),
    6: ("vand og hav",),
    7: ("energi",),
    8: ("beskæftigelse", "ledighed", "småjob", "praktik", "fritidsjob", "beskyttet beskæftigelse", "rekruttering"),
    9: ("innovation", "iværksætteri", "it-udvikling"),
    10: ("udsathed", "integration", "handicap", "inklusion på arbejdspladsen", "tilgængelighed", "hjemløshed"),
    11: ("boliger", "byliv", "boligsocial indsats", "transport", "persontransport", "midlertidig brug", "tryghed"),
    12: ("genbrug", "reparation", "affald", "madspild", "deleøkonomi", "emballage", "tekstil"),
    13: ("klimatilpasning", "energi", "bæredygtighed"),
    14: ("vand og hav",),
    15: ("biodiversitet", "natur", "grøn drift"),
    16: ("kriminalitet", "vold", "løsladte", "medborgerskab", "konfliktløsning"),
    17: ("netværk for virksomheder",),
}
"""The engine's concepts that speak for a goal."""


def suggestions_for(
    title: str, text: str, themes: Sequence[Theme], groups: Sequence[TargetGroup], goals: Sequence[Goal]
) -> dict[str, list[int]]:
    """Primary keys of the given topics by field, the most likely first; nothing for an empty text."""
    if not (title + text).strip():
        return {}
    document = Document(id="", title=title, text=text)
    version = newest_number()
    terms = analyse(document, taxonomy_numbered(version)).terms
    return {
        "themes": _themes(document, themes, version),
        "target_groups": _best(
            {g.pk: sum(terms.get(term, 0) for term in _group_terms(g.name, version)) for g in groups}
        ),
        "goals": _best({g.pk: sum(terms.get(CONCEPT_TERM + c, 0) for c in CONCEPTS_OF_GOALS[g.pk]) for g in goals}),
    }


def _themes(document: Document, themes: Sequence[Theme], version: int) -> list[int]:
    rows = sorted((theme.pk, theme.name, theme.description_da) for theme in themes)
    found = [m for m in _index(tuple(rows), version).search(document, MOST) if m.fit >= LEAST_FIT]
    return [int(m.id) for m in found if m.score >= LEAST_SHARE * found[0].score]


def _best(points: Mapping[int, int]) -> list[int]:
    """The keys with most points, those far behind the first left out."""
    found = sorted((pk for pk in points if points[pk]), key=lambda pk: -points[pk])[:MOST]
    return [pk for pk in found if points[pk] >= LEAST_SHARE * points[found[0]]]


@lru_cache(maxsize=4)
def _index(rows: Iterable[tuple[int, str, str]], version: int) -> Index:
    """Themes as documents, read with a version of the vocabulary."""
    index = Index(taxonomy_numbered(version))
    for pk, name, description in rows:
        index.add(Document(id=str(pk), title=name, text=description))
    return index


@lru_cache(maxsize=200)
def _group_terms(name: str, version: int) -> frozenset[str]:
    terms = analyse(Document(id="", title=name), taxonomy_numbered(version)).terms
    return frozenset(term for term in terms if term.startswith(TARGET_GROUP_TERM))
