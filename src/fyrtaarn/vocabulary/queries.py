"""What the pages about the shared words show, and what their actions compare."""

from django.db.models import QuerySet

from fyrtaarn.people.models import NationalRole, NationalRoleKind, User

from .content import Change, Content, content_of, entry_from_json, same
from .models import Proposal, ProposalState, VocabularyConcept, VocabularyDraft, VocabularyVersion


def draft_version() -> int:
    """How often the draft has been changed."""
    return VocabularyDraft.objects.values_list("version", flat=True).first() or 1


def draft_content() -> Content:
    """The draft as a version would hold it."""
    return content_of(concept.entry for concept in VocabularyConcept.objects.filter(withdrawn=False).order_by("pk"))


def newest_version() -> VocabularyVersion | None:
    return VocabularyVersion.objects.order_by("-number").first()


def newest_content() -> Content:
    """The newest version's content; nothing while there is none."""
    newest = newest_version()
    return newest.entries if newest else {}


def version_before(version: VocabularyVersion) -> VocabularyVersion | None:
    return VocabularyVersion.objects.filter(number__lt=version.number).order_by("-number").first()


def changed_concepts() -> list[tuple[VocabularyConcept, Change]]:
    """The concepts of the draft that differ from the newest version, with how."""
    found = []
    for concept in VocabularyConcept.objects.order_by("sort_key", "pk"):
        change = change_of(concept)
        if change is not None:
            found.append((concept, change))
    return found


def change_of(concept: VocabularyConcept) -> Change | None:
    """How a concept differs from the newest version; None when it does not."""
    old = entry_from_json(concept.published_as) if concept.published_as else None
    new = None if concept.withdrawn else concept.entry
    return None if same(old, new) else Change(old, new)


def proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("concept", "municipality", "by", "answered_by")


def waiting_proposals() -> QuerySet[Proposal]:
    """Those that nobody has answered, the oldest first."""
    return proposals().filter(state=ProposalState.WAITING).order_by("created", "pk")


def editors() -> list[User]:
    """The editors of the shared words."""
    holding = NationalRole.objects.current().filter(kind=NationalRoleKind.VOCABULARY_EDITOR)
    return list(User.objects.filter(pk__in=holding.values("user"), is_active=True).order_by("pk"))
