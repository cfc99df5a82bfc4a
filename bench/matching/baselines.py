"""What we compare with: SQLite FTS5, BM25 on Danish stems, BM25 with a compound filter."""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log

import Stemmer

from fyrtaarn.engine.danish.language import DANISH_STOP
from fyrtaarn.engine.danish.lexicon import forms
from fyrtaarn.engine.matching import Document

_WORD = re.compile(r"\w+")
_stemmer = Stemmer.Stemmer("danish")
Ranker = Callable[[Document, int], list[str]]
Texter = Callable[[Document], str]


def plain_text(document: Document) -> str:
    """Title and text, as a plain search engine would be given them."""
    return f"{document.title} {document.text}"


def label_text(document: Document) -> str:
    """Title, text, target groups and kind of organisation."""
    return " ".join((plain_text(document), *document.target_groups, document.organisation_type))


def words(text: str) -> list[str]:
    """Lower-case words without Danish stop words."""
    return [word for word in _WORD.findall(text.lower()) if word not in DANISH_STOP]


def fts5(documents: Sequence[Document], text: Texter) -> Ranker:
    """SQLite FTS5 with its default tokenizer and bm25, all words of the question joined by OR."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE offer USING fts5(id UNINDEXED, body)")
    connection.executemany("INSERT INTO offer VALUES (?, ?)", [(one.id, text(one)) for one in documents])

    def rank(question: Document, limit: int) -> list[str]:
        asked = dict.fromkeys(_WORD.findall(f"{question.title} {question.text}"))
        query = " OR ".join(f'"{word}"' for word in asked)
        rows = connection.execute("SELECT id FROM offer WHERE offer MATCH ? ORDER BY rank LIMIT ?", (query, limit))
        return [id for (id,) in rows]

    return rank


def bm25(documents: Sequence[Document], analyse: Callable[[str], list[str]], text: Texter) -> Ranker:
    """Lucene's BM25 (k1 1.2, b 0.75) over the terms that `analyse` gives."""
    postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    lengths = {}
    for document in documents:
        terms = Counter(analyse(text(document)))
        lengths[document.id] = sum(terms.values())
        for term, count in terms.items():
            postings[term][document.id] = count
    average = sum(lengths.values()) / len(lengths)

    def rank(question: Document, limit: int) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for term, asked in Counter(analyse(f"{question.title} {question.text}")).items():
            found = postings.get(term, {})
            idf = log(1 + (len(lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for id, count in found.items():
                norm = 1.2 * (0.25 + 0.75 * lengths[id] / average)
                scores[id] += asked * idf * count * 2.2 / (count + norm)
        return sorted(scores, key=lambda id: (-scores[id], id))[:limit]

    return rank


def stems(text: str) -> list[str]:
    """Snowball stems of the words."""
    return list(_stemmer.stemWords(words(text)))


class CompoundFilter:
    """Lucene's DictionaryCompoundWordTokenFilter over every form in the lemma data, then stems.

    Words of at least five letters give all dictionary words of at least four letters within
    them (or, with `longest`, only the longest from each place); the whole word is kept.
    """

    def __init__(self, longest: bool) -> None:
        self.longest = longest
        self.dictionary = {form.lower() for form in forms() if len(form) >= 4}

    def __call__(self, text: str) -> list[str]:
        """The stems of words and of the dictionary words in them."""
        found = []
        for word in words(text):
            found.append(word)
            if len(word) >= 5:
                for start in range(len(word) - 3):
                    inside = [
                        word[start:end]
                        for end in range(min(len(word), start + 15), start + 3, -1)
                        if word[start:end] in self.dictionary and end - start < len(word)
                    ]
                    found += inside[:1] if self.longest else inside
        return list(_stemmer.stemWords(found))
