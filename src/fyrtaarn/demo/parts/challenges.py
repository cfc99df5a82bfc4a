"""Challenges in all states, with the steps that led there."""

from collections.abc import Iterator
from datetime import timedelta

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.listings.models import Audience
from fyrtaarn.portal.models import Challenge, ChallengeState

from ..book import Book, Row, Words, link
from ..moments import chance, moment
from ..reading import rows
from ..story import step

PATHS = {
    ChallengeState.PUBLISHED: (),
    ChallengeState.IN_DIALOGUE: ("dialogue_opened",),
    ChallengeState.IN_TRIAL: ("dialogue_opened", "start_trial"),
    ChallengeState.SOLVED: ("dialogue_opened", "start_trial", "solve"),
    ChallengeState.CLOSED: ("dialogue_opened", "close"),
}
TARGETS = {
    "dialogue_opened": ChallengeState.IN_DIALOGUE,
    "start_trial": ChallengeState.IN_TRIAL,
    "solve": ChallengeState.SOLVED,
    "close": ChallengeState.CLOSED,
}


def load(book: Book) -> None:
    words = Words.read()
    new = book.new("challenge", rows("challenges"))
    contacts = {(row["municipality"], row["department"]): row["contacts"] for row in rows("department_profiles")}
    challenges = {row["key"]: challenge(row, words, book, contacts) for row in new}
    Challenge.objects.bulk_create(challenges.values())
    link(
        {
            challenges[row["key"]]: {
                **words.topics_of(row),
                "partners": [words.departments[row["municipality"], slug].pk for slug in row["departments"][1:]],
            }
            for row in new
        }
    )
    Step.objects.bulk_create(line for row in new for line in steps(row, challenges[row["key"]]))
    book.write("challenge", challenges)


def challenge(row: Row, words: Words, book: Book, contacts: dict[tuple[str, str], list[str]]) -> Challenge:
    municipality, department = row["municipality"], row["departments"][0]
    candidates = contacts[municipality, department]
    contact = book.pk("person", candidates[chance(row["key"], len(candidates))])
    created = moment(row["created_days_ago"], row["key"])
    draft = row["state"] == ChallengeState.DRAFT
    return Challenge(
        municipality=words.municipalities[municipality],
        department=words.departments[municipality, department],
        title=row["title"],
        situation=row["situation"],
        whom=row["whom"],
        change=row["change"],
        where=row["where"],
        when=row["when"],
        needed_by=clock.today() + timedelta(days=row["needed_by_days"]) if row["needed_by_days"] else None,
        possibilities=row["possibilities"],
        contact_id=contact,
        audience=Audience.MUNICIPALITY if row["audience"] == "internal" else Audience.PUBLIC,
        language=row["language"],
        state=row["state"],
        learned=row["learned"],
        created_by_id=contact,
        created=created,
        updated=created,
        published=None if draft else created,
    )


def steps(row: Row, subject: Challenge) -> Iterator[Step]:
    """From draft to where it is now, spread over the time since it was published."""
    if subject.published is None:
        return
    state, by = ChallengeState.PUBLISHED, subject.created_by_id
    yield step(subject, "publish", ChallengeState.DRAFT, state, by=by, at=subject.published)
    path = PATHS[ChallengeState(row["state"])]
    for number, name in enumerate(path, 1):
        days_ago = row["created_days_ago"] * (len(path) + 1 - number) // (len(path) + 1)
        reason = row["learned"] if name in ("solve", "close") else ""
        at = moment(days_ago, row["key"], turn=number + 1)
        yield step(subject, name, state, TARGETS[name], by=by, at=at, reason=reason)
        state = TARGETS[name]
