"""What the engine proposes for a question, from the municipality's topics and from how people sorted earlier ones."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from fyrtaarn.areas.models import Municipality
from fyrtaarn.engine.routing import Router, Sorted, Topic

from .models import Case, CaseMessage, CaseTopic, MessageSide

MOST_LEARNT = 500


@dataclass(frozen=True)
class Suggestion:
    """A topic, how much speaks for it in per cent, and the words of the question that do."""

    topic: CaseTopic
    share: int
    words: tuple[str, ...]
    sure: bool


def suggest_for(case: Case) -> list[Suggestion]:
    """Topics for a new question, with all that has been learnt; called by the worker, who sees every case."""
    text = case.messages.filter(side=MessageSide.ASKER).values_list("text", flat=True).first() or case.title
    return suggest(text, case.municipality, sorted_before(case.municipality))


def suggest(text: str, municipality: Municipality, earlier: list[Sorted]) -> list[Suggestion]:
    """The municipality's topics that fit a text, best first."""
    topics = {topic.pk: topic for topic in topics_of(municipality)}
    asked = [Topic(topic.pk, topic.name, _words_of(topic)) for topic in topics.values()]
    found = Router(asked, earlier).propose(text)
    return [Suggestion(topics[one.topic], one.share, one.words, one.sure) for one in found]


def topics_of(municipality: Municipality) -> list[CaseTopic]:
    """What people can ask about today, with who takes care of it."""
    rows = CaseTopic.objects.filter(municipality=municipality, ended=None).select_related("department")
    return list(rows.prefetch_related("contacts"))


def _words_of(topic: CaseTopic) -> str:
    """The topic's own words, and what its contact persons say that they can help with."""
    return "\n".join([topic.words, *(one.help_da for one in topic.contacts.all() if one.ended is None)])


def sorted_before(municipality: Municipality) -> list[Sorted]:
    """The latest questions that a person has given a topic."""
    first = CaseMessage.objects.filter(case=OuterRef("pk"), side=MessageSide.ASKER).order_by("created", "pk")
    cases = Case.objects.filter(municipality=municipality, topic__isnull=False, sorted_by__isnull=False)
    rows = cases.annotate(asked=Subquery(first.values("text")[:1])).order_by("-received", "-pk")
    return [Sorted(topic, text) for topic, text in rows.values_list("topic", "asked")[:MOST_LEARNT] if text]
