"""Ambassadors for social economy, and pitches that they have been asked about."""

from datetime import timedelta

from fyrtaarn.foundation.clock import COPENHAGEN
from fyrtaarn.foundation.models import Step
from fyrtaarn.organisations.models import Ambassador
from fyrtaarn.pitches.models import Pitch, PitchComment, PitchReview, PitchVersion
from fyrtaarn.pitches.parts import Part

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import table
from ..story import step

DAYS_TO_COMMENT = timedelta(days=14)


def load(book: Book) -> None:
    words, content = Words.read(), table("pitches")
    for row in book.new("ambassador", content["ambassadors"]):
        book.write("ambassador", {row["key"]: ambassador(row, book, words)})
    for row in book.new("pitch", content["pitches"]):
        book.write("pitch", {row["key"]: pitch(row, book, words)})


def ambassador(row: Row, book: Book, words: Words) -> Ambassador:
    """One who has said yes; one without words has been asked and has not answered yet."""
    person, by, asked = (
        book.pk("person", row["person"]),
        book.pk("person", row["by"]),
        moment(row["days_ago"], row["key"]),
    )
    yes = bool(row["help_da"])
    since = asked.astimezone(COPENHAGEN).date() if yes else None
    made = Ambassador.objects.create(
        user_id=person,
        department=words.departments[row["municipality"], row["department"]],
        help_da=row["help_da"],
        help_en=row["help_en"],
        shown=row["shown"],
        state="active" if yes else "asked",
        appointed_by_id=by,
        asked=asked,
        since=since,
        confirmed=since,
    )
    made.themes.set(words.themes[slug] for slug in row["themes"])
    log = [step(made, "ask", "", "asked", by=by, at=asked)]
    if yes:
        log.append(step(made, "accept", "asked", "active", by=person, at=moment(row["days_ago"], row["key"], turn=2)))
    Step.objects.bulk_create(log)
    return made


def pitch(row: Row, book: Book, words: Words) -> Pitch:
    """A pitch whose one version is shown and has been commented on."""
    person, begun = book.pk("person", row["person"]), moment(row["days_ago"], row["key"])
    says = {
        "organisation_id": book.pk("organisation", row["organisation"]),
        "department": words.departments[row["municipality"], row["department"]],
        "title": row["title"],
        **{part: row[part] for part in Part.values},
    }
    made = Pitch.objects.create(
        **says, state="shown", created_by_id=person, created=begun, updated_by_id=person, updated=begun
    )
    version = PitchVersion.objects.create(**says, pitch=made, number=1, shown=True, made=begun, made_by_id=person)
    shown = moment(row["days_ago"], row["key"], turn=1)
    log = [
        step(made, "begin", "", "private", by=person, at=begun),
        step(made, "show", "private", "shown", by=person, at=shown),
    ]
    Step.objects.bulk_create([*log, *review(version, row["review"], person, book)])
    return made


def review(version: PitchVersion, row: Row, person: int, book: Book) -> list[Step]:
    """An ambassador's finished comments, with the log of them."""
    asked, finished = moment(row["days_ago"], row["ambassador"]), moment(row["days_ago"] - 3, row["ambassador"], turn=1)
    made = PitchReview.objects.create(
        version=version,
        ambassador_id=book.pk("ambassador", row["ambassador"]),
        state="done",
        message=row["message"],
        overall=row["overall"],
        due=asked.astimezone(COPENHAGEN).date() + DAYS_TO_COMMENT,
        asked=asked,
        asked_by_id=person,
        finished=finished,
    )
    PitchComment.objects.bulk_create(
        PitchComment(review=made, part=part, text=text) for part, text in row["comments"].items()
    )
    by = made.ambassador.user_id
    return [
        step(made, "ask", "", "asked", by=person, at=asked),
        step(made, "finish", "asked", "done", by=by, at=finished),
    ]
