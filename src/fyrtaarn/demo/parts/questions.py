"""Who answers what, and questions on their way: new, with a department, late, answered and closed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from fyrtaarn.entrance.actions import sort_new
from fyrtaarn.entrance.actions.asking import title_of
from fyrtaarn.entrance.deadlines import promised
from fyrtaarn.entrance.figures import count_all
from fyrtaarn.entrance.models import (
    Case,
    CaseMessage,
    CaseTask,
    CaseTopic,
    ContactProfile,
    Ground,
    PublicAnswer,
    Rating,
    SavedAnswer,
)
from fyrtaarn.entrance.setup import usual_topics
from fyrtaarn.foundation.clock import COPENHAGEN
from fyrtaarn.foundation.models import Step
from fyrtaarn.foundation.working_days import working_days_between
from fyrtaarn.people.models import User

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import table
from ..story import step


def load(book: Book) -> None:
    words, content = Words.read(), table("questions")
    topics = book.new("question topic", topic_rows(content["departments"]))
    book.write("question topic", {row["key"]: topic(row, words) for row in topics})
    for row in book.new("contact", content["contacts"]):
        book.write("contact", {row["key"]: contact(row, book, words)})
    answers = book.new("saved answer", content["answers"])
    book.write("saved answer", {row["key"]: saved_answer(row, book, words) for row in answers})
    for_all = book.new("public answer", content["public_answers"])
    book.write("public answer", {row["key"]: public_answer(row, book, words) for row in for_all})
    questions = book.new("question", content["questions"])
    book.write("question", {row["key"]: question(row, book, words) for row in questions})
    if questions:
        count_all(words.municipalities.values())


def topic_rows(departments: dict[str, dict[str, str]]) -> Iterator[Row]:
    """The usual topics of each municipality, with the departments that answer."""
    for municipality, answering in departments.items():
        for row in usual_topics():
            known = {"municipality": municipality, "department": answering.get(row["name"], "")}
            yield {"key": topic_key(municipality, row["name"]), **known, **row}


def topic_key(municipality: str, name: str) -> str:
    return f"{municipality}: {name}"


def topic(row: Row, words: Words) -> CaseTopic:
    return CaseTopic.objects.create(
        municipality=words.municipalities[row["municipality"]],
        department=words.departments.get((row["municipality"], row["department"])),
        name=row["name"],
        name_en=row["name_en"],
        words=row["words"],
        days=int(row["days"]),
    )


def contact(row: Row, book: Book, words: Words) -> ContactProfile:
    made = ContactProfile.objects.create(
        user_id=book.pk("person", row["person"]),
        department=words.departments[row["municipality"], row["department"]],
        help_da=row["help_da"],
        help_en=row["help_en"],
        deputy_id=book.pk("contact", row["deputy"]) if "deputy" in row else None,
    )
    made.topics.set(book.pk("question topic", topic_key(row["municipality"], name)) for name in row["topics"])
    return made


def saved_answer(row: Row, book: Book, words: Words) -> SavedAnswer:
    return SavedAnswer.objects.create(
        department=words.departments[row["municipality"], row["department"]],
        title=row["title"],
        text=row["text"],
        written_by_id=book.pk("person", row["by"]),
    )


def public_answer(row: Row, book: Book, words: Words) -> PublicAnswer:
    """An answer that everybody can read, with how often it was asked for and has helped."""
    topic = book.pk("question topic", topic_key(row["municipality"], row["topic"]))
    return PublicAnswer.objects.create(
        department=words.departments[row["municipality"], row["department"]],
        topic_id=topic,
        written_by_id=book.pk("person", row["by"]),
        published=moment(30, row["key"]),
        **{name: row[name] for name in ("question_da", "answer_da", "question_en", "answer_en", "asked", "helped")},
    )


def question(row: Row, book: Book, words: Words) -> Case:
    """One question with its thread, the departments' parts and its log."""
    received = moment(row["days_ago"], row["key"])
    asker = User.objects.get(pk=book.pk("person", row["person"]))
    made = Case(
        municipality=words.municipalities[row["municipality"]],
        title=title_of(row["text"]),
        state="received",
        asker=asker,
        organisation_id=book.pk("organisation", row["organisation"]) if "organisation" in row else None,
        language=asker.language,
        created=received,
        received=received,
        latest=received,
    )
    if "department" in row:
        send(made, row, book, words)
    made.due = promised(made, made.topic)
    made.save()
    CaseMessage.objects.create(case=made, side="asker", author=asker, text=row["text"], created=received)
    for turn, said in enumerate(row["said"], 1):
        say(
            made, row["state"], said, book.pk("person", said["by"]), moment(said["days_ago"], row["key"], turn=turn + 2)
        )
    for part in row["tasks"]:
        task(made, part, row["key"], book, words)
    made.state = row["state"]
    if "outcome" in row:
        settle(made, row)
    made.save()
    Step.objects.bulk_create(log_of(made, row, book))
    if made.state == "received":
        sort_new(made.pk)
    return made


def send(made: Case, row: Row, book: Book, words: Words) -> None:
    """The department that has it, and who."""
    department = words.departments[row["municipality"], row["department"]]
    others = [words.departments[row["municipality"], part["department"]] for part in row["tasks"]]
    made.department, made.departments = department, sorted(each.pk for each in (department, *others))
    made.topic = CaseTopic.objects.get(pk=book.pk("question topic", topic_key(row["municipality"], row["topic"])))
    made.holder_id, made.ground = book.pk("person", row["holder"]), Ground.TOPIC
    made.sorted_by_id = book.pk("person", row["sorted_by"])


def say(made: Case, state: str, row: Row, author: int, at: datetime) -> None:
    """A message of the municipality's; the first answer is what the promise is measured by."""
    CaseMessage.objects.create(case=made, side=row["side"], author_id=author, text=row["text"], created=at)
    if row["side"] == "internal":
        return
    made.latest, made.latest_side = at, row["side"]
    if state == "waiting":
        made.waiting_since = day_of(at)
    elif made.received:
        made.answered, made.answered_in = at, working_days_between(day_of(made.received), day_of(at))


def task(made: Case, row: Row, key: str, book: Book, words: Words) -> None:
    contact = book.pk("person", row["contact"])
    CaseTask.objects.create(
        case=made,
        department=words.departments[made.municipality.slug, row["department"]],
        contact_id=contact,
        what=row["what"],
        given_by_id=book.pk("person", row["by"]),
        given=moment(row["days_ago"], key, turn=5),
        state="done",
        answer=row["answer"],
        done=moment(row["done_days_ago"], key, turn=1),
        done_by_id=contact,
    )


def settle(made: Case, row: Row) -> None:
    """What came of a closed question, and what the asker says."""
    made.closed, made.outcome = moment(row["closed_days_ago"], row["key"]), row["outcome"]
    made.save()
    Rating.objects.create(case=made, answer=row["rating"], words=row["words"], given=made.closed)


def log_of(made: Case, row: Row, book: Book) -> Iterator[Step]:
    """The steps by which it came to its state."""
    yield step(made, "ask", "", "received", by=book.pk("person", row["person"]), at=moment(row["days_ago"], row["key"]))
    if made.sorted_by_id is None or made.holder_id is None:
        return
    sent = moment(row["days_ago"], row["key"], turn=1)
    yield step(made, "route", "received", "routed", by=made.sorted_by_id, at=sent)
    acts: dict[str, tuple[str, Any]] = {
        "in_progress": ("take", moment(row["days_ago"], row["key"], turn=2)),
        "waiting": ("ask_back", made.latest),
        "answered": ("answer", made.answered),
        "closed": ("answer", made.answered),
    }
    if made.state in acts:
        name, at = acts[made.state]
        target = "answered" if made.state == "closed" else made.state
        yield step(made, name, "routed", target, by=made.holder_id, at=at)
    if made.closed:
        yield step(made, "close", "answered", "closed", by=made.holder_id, at=made.closed, reason=made.outcome)


def day_of(at: datetime) -> date:
    return at.astimezone(COPENHAGEN).date()
