"""A new version of the vocabulary is taken up by a job."""

from fyrtaarn.vocabulary.actions import when_published
from fyrtaarn.vocabulary.models import VocabularyVersion

from .jobs import take_up_vocabulary


def take_up_later(version: VocabularyVersion) -> None:
    take_up_vocabulary.defer(number=version.number)


when_published.append(take_up_later)
