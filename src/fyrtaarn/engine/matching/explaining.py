"""Why something fits, in words a person understands and marked in the text."""

from collections import defaultdict
from dataclasses import replace

from .analysis import content_tokens, detect_language, fields, token_terms
from .documents import Contribution, Document, Match
from .scoring import REASON_OF_KIND
from .taxonomy import Taxonomy, default_taxonomy

KIND_OF_REASON = {reason: kind for kind, reason in REASON_OF_KIND.items()}
MOST_NAMED = 4
"""At most this many words or subjects are named in one sentence."""

SENTENCES = {
    "da": {
        "concept": "Begge handler om {}.",
        "word": "Begge taler om {}.",
        "part": "{} går igen i begge.",
        "target_group": "Begge er for {}.",
        "goal": "Begge arbejder for FN's verdensmål {}.",
        "same_district": "Det er i samme bydel ({}).",
        "same_municipality": "Det er i samme kommune.",
        "proven": "Det er prøvet og virker.",
        "other_municipality": "Det hører til i en anden kommune.",
        "only_idea": "Det er endnu kun en idé.",
        "no_capacity": "Der er ingen ledige pladser nu.",
        "stale": "Oplysningerne er ikke bekræftet for nylig.",
        "other_language": "Det er skrevet på et andet sprog.",
        "and": "og",
    },
    "en": {
        "concept": "Both are about {}.",
        "word": "Both mention {}.",
        "part": "{} occurs in both.",
        "target_group": "Both are for {}.",
        "goal": "Both work for UN goal {}.",
        "same_district": "It is in the same district ({}).",
        "same_municipality": "It is in the same municipality.",
        "proven": "It has been tried and works.",
        "other_municipality": "It belongs to another municipality.",
        "only_idea": "It is only an idea so far.",
        "no_capacity": "There are no free places now.",
        "stale": "The details have not been confirmed lately.",
        "other_language": "It is written in another language.",
        "and": "and",
    },
}
"""Sentences by language and reason; `{}` takes what it is about."""

REASONS = frozenset(SENTENCES["da"]) - {"and"} | {"root"}


def explain(match: Match, language: str = "da", taxonomy: Taxonomy | None = None) -> list[str]:
    """What speaks for a match: one sentence a reason, the weightiest reason first."""
    taxonomy = taxonomy or default_taxonomy()
    points: defaultdict[str, int] = defaultdict(int)
    subjects: defaultdict[str, dict[str, None]] = defaultdict(dict)
    told_words: set[str] = set()
    for one in sorted(match.contributions, key=lambda one: -one.points):
        if one.points <= 0 or one.reason == "root":
            continue
        if one.reason == "part" and told_words.intersection(one.question_words):
            continue
        points[one.reason] += one.points
        subjects[one.reason].setdefault(_subject(one, language, taxonomy))
        if one.reason == "word":
            told_words.update(one.question_words)
    table = SENTENCES[language]
    return [
        _upper(table[reason].format(listed(list(subjects[reason])[:MOST_NAMED], table["and"])))
        for reason in sorted(points, key=lambda reason: -points[reason])
    ]


def speak_against(match: Match, language: str = "da") -> list[str]:
    """What speaks against a match, one sentence each."""
    return [SENTENCES[language][one.reason].format(one.subject) for one in match.against]


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _subject(one: Contribution, language: str, taxonomy: Taxonomy) -> str:
    if one.reason in ("concept", "target_group"):
        term = f"{KIND_OF_REASON[one.reason]}:{one.subject}"
        return taxonomy.label(term, language) if term in taxonomy.concepts else one.subject
    if one.reason in ("word", "part"):
        return f"»{one.subject}«" if language == "da" else f"“{one.subject}”"
    return one.subject


def listed(words: list[str], conjunction: str) -> str:
    """Words as one enumeration: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def terms_of(match: Match) -> frozenset[str]:
    """The index terms that met in a match."""
    return frozenset(
        f"{KIND_OF_REASON[one.reason]}:{one.subject}" for one in match.contributions if one.reason in KIND_OF_REASON
    )


def marks(text: str, match: Match, language: str = "da", taxonomy: Taxonomy | None = None) -> list[tuple[int, int]]:
    """Half-open character ranges of the words in a text that made it match, in order, apart."""
    wanted = terms_of(match)
    tokens = content_tokens(text, language)
    found = {
        (tokens[start].start, tokens[end - 1].end)
        for start, end, term, _ in token_terms(tokens, language, taxonomy or default_taxonomy())
        if term in wanted
    }
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def trace(match: Match, document: Document, taxonomy: Taxonomy | None = None) -> Match:
    """The match with the document's own words filled into its contributions."""
    language = detect_language(document)
    wanted = terms_of(match)
    met: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for text, _ in fields(document):
        tokens = content_tokens(text, language)
        for start, end, term, _ in token_terms(tokens, language, taxonomy or default_taxonomy()):
            if term in wanted:
                for token in tokens[start:end]:
                    met[term].setdefault(text[token.start : token.end])
    return replace(
        match,
        contributions=tuple(
            replace(one, document_words=tuple(met[f"{KIND_OF_REASON[one.reason]}:{one.subject}"]))
            if one.reason in KIND_OF_REASON
            else one
            for one in match.contributions
        ),
    )
