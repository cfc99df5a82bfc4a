"""Likely answers to a question that somebody is still writing: what she may read instead of waiting for an answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fyrtaarn.areas.models import Municipality
from fyrtaarn.engine.routing import Proposal, Router, Topic
from fyrtaarn.listings.matches import matches_for_text
from fyrtaarn.listings.models import Side
from fyrtaarn.listings.search import Hit

from .holders import contacts_of
from .models import ContactProfile, PublicAnswer
from .queries import departments_of, public_answers

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fyrtaarn.people.models import User

LEAST_LETTERS = 12
LEAST_FIT = 20
"""Per cent of the cosine between a question and what it is compared with: what fits less is chance."""
MOST_KNOWN = 200
MOST_OF_A_KIND = 3


@dataclass(frozen=True)
class Likely:
    """What may help, best first in each kind, each with the words of the question that speak for it or its reasons."""

    answers: list[tuple[PublicAnswer, tuple[str, ...]]]
    challenges: list[Hit]
    contacts: list[tuple[ContactProfile, tuple[str, ...]]]

    def __bool__(self) -> bool:
        return bool(self.answers or self.challenges or self.contacts)


def likely(text: str, municipality: Municipality, reader: "User | AnonymousUser") -> Likely:
    """Published answers, open challenges and contact persons that fit the text so far."""
    if len(text.strip()) < LEAST_LETTERS:
        return Likely([], [], [])
    answers = {answer.pk: answer for answer in public_answers(municipality)[:MOST_KNOWN]}
    contacts = {contact.pk: contact for contact in contacts_of(one.pk for one in departments_of(municipality))}
    return Likely(
        [(answers[one.topic], one.words) for one in _near(text, [_answer_words(each) for each in answers.values()])],
        matches_for_text("", text, reader, side=Side.SOUGHT, municipality=municipality, most=MOST_OF_A_KIND),
        [(contacts[one.topic], one.words) for one in _near(text, [_contact_words(each) for each in contacts.values()])],
    )


def _near(text: str, known: list[Topic]) -> list[Proposal]:
    return [one for one in Router(known).propose(text, most=MOST_OF_A_KIND) if one.fit >= LEAST_FIT]


def _answer_words(answer: PublicAnswer) -> Topic:
    return Topic(answer.pk, f"{answer.question_da} {answer.question_en}", f"{answer.answer_da} {answer.answer_en}")


def _contact_words(contact: ContactProfile) -> Topic:
    topics = [f"{topic.name} {topic.words}" for topic in contact.topics.all()]
    return Topic(contact.pk, contact.help_da, "\n".join([contact.help_en, *topics]))
