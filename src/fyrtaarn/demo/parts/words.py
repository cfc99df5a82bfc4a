"""The search room in use: what was asked in vain, examples, a change in the draft and a proposal that waits.

Nobody is told of the proposal: to the demo's people it is not new.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from fyrtaarn.engine.matching import Document
from fyrtaarn.foundation import clock
from fyrtaarn.listings.search import Scope, search
from fyrtaarn.people.models import User
from fyrtaarn.ranking.models import ExpectedAnswer, RankingExample
from fyrtaarn.vocabulary import actions
from fyrtaarn.vocabulary.content import entry_as_json
from fyrtaarn.vocabulary.models import AskedQuestion, Proposal, VocabularyConcept

from ..book import Book, Row, Words
from ..reading import table

EXPECTED = 3


def load(book: Book) -> None:
    content = table("words")
    actions.take_shipped()
    words = Words.read()
    asked = book.new("asked", content["asked"])
    AskedQuestion.objects.bulk_create((day for row in asked for day in days_of(row, words)), ignore_conflicts=True)
    book.write("asked", {row["key"]: first_of(row) for row in asked})
    editor = User.objects.get(pk=book.pk("person", content["editor"]))
    examples = {row["key"]: example(row, editor) for row in book.new("example", content["examples"])}
    book.write("example", examples)
    book.write("word", {row["key"]: added(row, editor) for row in book.new("word", content["added"])})
    rows = book.new("proposal", content["proposed"])
    book.write("proposal", {row["key"]: proposed(row, book, words) for row in rows})


def days_of(row: Row, words: Words) -> Iterator[AskedQuestion]:
    """The same numbers on some days of the past weeks."""
    for number in range(row["days"]):
        yield AskedQuestion(
            text=row["text"],
            municipality=words.municipalities.get(row["municipality"]),
            day=clock.today() - timedelta(days=1 + number * 3),
            asked=row["asked"],
            nothing=row["nothing"],
            opened=row["opened"],
            opened_late=row["opened_late"],
        )


def first_of(row: Row) -> AskedQuestion:
    return AskedQuestion.objects.filter(text=row["text"]).order_by("-day", "pk")[0]


def example(row: Row, editor: User) -> RankingExample:
    """A question that expects what search gives for `as`, which says the same in other words."""
    kept = RankingExample.objects.create(question=row["question"], kind=row["kind"], by=editor)
    scope = Scope(kinds=(row["kind"],) if row["kind"] else ())
    hits = search(scope, question=Document("", title=row["as"], language="da")).hits[:EXPECTED]
    ExpectedAnswer.objects.bulk_create(ExpectedAnswer(example=kept, listing=hit.listing) for hit in hits)
    return kept


def concept_with(word: str) -> VocabularyConcept:
    return VocabularyConcept.objects.filter(danish__contains=[word], kind="c").order_by("pk")[0]


def added(row: Row, editor: User) -> VocabularyConcept:
    """A word added in the draft."""
    concept = concept_with(row["to"])
    entry = replace(concept.entry, danish=(*concept.danish, row["word"]))
    return actions.change_concept(concept, entry, version=concept.version, by=editor, why=row["why"])


def proposed(row: Row, book: Book, words: Words) -> Proposal:
    concept = concept_with(row["to"])
    wanted = replace(concept.entry, danish=(*concept.danish, row["word"]))
    return Proposal.objects.create(
        concept=concept,
        base=entry_as_json(concept.entry),
        wanted=entry_as_json(wanted),
        why=row["why"],
        municipality=words.municipalities[row["municipality"]],
        by_id=book.pk("person", row["by"]),
    )
