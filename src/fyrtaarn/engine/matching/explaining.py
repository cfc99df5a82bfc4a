"""Why something fits, in words a person understands and marked in the text."""

from collections import defaultdict
from dataclasses import replace

from fyrtaarn.engine.danish.tokens import written_places, written_words

from .analysis import detect_language, fields
from .documents import Contribution, Document, Match
from .taxonomy import Taxonomy, default_taxonomy
from .terms import spans

MOST_NAMED = 4
"""At most this many words or subjects are named in one sentence."""

SENTENCES = {
    "da": {
        "concept": "Begge handler om {}.",
        "word": "Begge nævner {}.",
        "part": "{} går igen i begge.",
        "target_group": "Begge er for {}.",
        "goal": "Begge arbejder for FN's verdensmål {}.",
        "same_district": "Det er i samme bydel ({}).",
        "same_municipality": "Det er i samme kommune.",
        "proven": "Det er prøvet og virker.",
        "other_municipality": "Det hører til i en anden kommune.",
        "only_idea": "Det er kun en idé endnu.",
        "no_capacity": "Der er ingen ledige pladser lige nu.",
        "stale": "Oplysningerne er ikke bekræftet for nylig.",
        "other_language": "Det er skrevet på et andet sprog.",
        "and": "og",
        "quote": "»{}«",
    },
    "en": {
        "concept": "Shared subjects: {}.",
        "word": "Both mention {}.",
        "part": "Found in both: {}.",
        "target_group": "Both are meant for: {}.",
        "goal": "Both work for UN goal {}.",
        "same_district": "It is in the same district ({}).",
        "same_municipality": "It is in the same municipality.",
        "proven": "It has been tried and works.",
        "other_municipality": "It belongs to another municipality.",
        "only_idea": "It is only an idea so far.",
        "no_capacity": "There are no free places at the moment.",
        "stale": "The details have not been confirmed lately.",
        "other_language": "It is written in another language.",
        "and": "and",
        "quote": "“{}”",
    },
}
"""Sentences by language and reason; `{}` takes what it is about."""

ANSWERS = {
    "da": {
        "concept": "Handler om {}.",
        "word": "Nævner {}.",
        "part": "Nævner noget med {}.",
        "target_group": "Er for {}.",
        "goal": "Arbejder for FN's verdensmål {}.",
    },
    "en": {
        "concept": "Is about {}.",
        "word": "Mentions {}.",
        "part": "Mentions something with {}.",
        "target_group": "Is meant for {}.",
        "goal": "Works for UN goal {}.",
    },
}
"""What is said instead where somebody has typed a question, so that nothing is shared by two texts."""

REASONS = frozenset(SENTENCES["da"]) - {"and", "quote"}
TOLD_SHARE = 0.15
"""A subject is named only if it gives at least this share of what the first one gives."""


def explain(match: Match, language: str = "da", taxonomy: Taxonomy | None = None, *, typed: bool = False) -> list[str]:
    """What speaks for a match: one sentence a reason, the weightiest reason first.

    `typed` says that the question is what somebody typed, not a text like the document.
    The words of the document are named where `trace` has filled them in.
    """
    taxonomy = taxonomy or default_taxonomy()
    points: defaultdict[str, int] = defaultdict(int)
    subjects: defaultdict[str, dict[str, None]] = defaultdict(dict)
    told: set[str] = set()
    strongest: dict[str, int] = {}
    for one in sorted(match.contributions, key=lambda one: -one.points):
        if one.points <= TOLD_SHARE * strongest.setdefault(one.reason, one.points) or one.points <= 0:
            continue
        points[one.reason] += one.points
        if one.reason in ("word", "part"):
            if told.intersection(one.question_words):
                continue
            told.update(one.question_words)
        subjects[one.reason].setdefault(_subject(one, language, taxonomy))
    table = SENTENCES[language] | (ANSWERS[language] if typed else {})
    return [
        _upper(table[reason].format(listed(list(subjects[reason])[:MOST_NAMED], table["and"])))
        for reason in sorted(points, key=lambda reason: -points[reason])
        if reason in subjects
    ]


def speak_against(match: Match, language: str = "da") -> list[str]:
    """What speaks against a match, one sentence each."""
    return [SENTENCES[language][one.reason].format(one.subject) for one in match.against]


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _subject(one: Contribution, language: str, taxonomy: Taxonomy) -> str:
    if one.reason in ("concept", "target_group"):
        return taxonomy.label(one.term, language) if one.term in taxonomy.concepts else one.subject
    quote = SENTENCES[language]["quote"]
    if one.reason in ("word", "part"):
        theirs = min((word.lower() for word in one.document_words), key=len, default=one.subject)
        if one.reason == "part" and theirs != one.subject:
            return f"{quote.format(one.subject)} ({quote.format(theirs)})"
        return quote.format(theirs)
    return one.subject


def listed(words: list[str], conjunction: str) -> str:
    """Words as one enumeration: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def terms_of(match: Match) -> frozenset[str]:
    """The index terms that met in a match."""
    return frozenset(one.term for one in match.contributions if one.term)


def marks(text: str, match: Match, language: str = "da", taxonomy: Taxonomy | None = None) -> list[tuple[int, int]]:
    """Half-open character ranges of the words in a text that made it match, in order, apart."""
    wanted = terms_of(match)
    places = written_places(text)
    found = {
        (places[start].start(), places[end - 1].end())
        for start, end, terms in spans(
            [place.group() for place in places], language, taxonomy or default_taxonomy(), wanted
        )
        if any(term in wanted for term, _ in terms)
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
    language = match.language or detect_language(document)
    wanted = terms_of(match)
    met: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for text in filter(None, (text for text, _ in fields(document))):
        written = written_words(text)
        for start, end, terms in spans(written, language, taxonomy or default_taxonomy(), wanted):
            for term, _ in terms:
                if term in wanted:
                    for word in written[start:end]:
                        met[term][word] = None
    contributions = tuple(
        Contribution(one.reason, one.points, one.subject, one.term, one.question_words, tuple(met[one.term]))
        if one.term
        else one
        for one in match.contributions
    )
    return replace(match, contributions=contributions)
