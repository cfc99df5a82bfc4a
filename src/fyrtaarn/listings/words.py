"""A new version of the vocabulary, and a target group's new name, are taken up by a job."""

from fyrtaarn.vocabulary.actions import when_published
from fyrtaarn.vocabulary.actions.topics import when_target_groups_change
from fyrtaarn.vocabulary.models import VocabularyVersion

from .jobs import read_anew, take_up_vocabulary


def take_up_later(version: VocabularyVersion) -> None:
    take_up_vocabulary.defer(number=version.number)


when_published.append(take_up_later)
when_target_groups_change.append(read_anew.defer)
