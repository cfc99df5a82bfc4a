"""Declared state transitions: who may, from where to where, what follows; every step is logged.

CHALLENGE_STATES = StateMachine(
    "state",
    Transition("publish", ("draft",), "published", _("Publish"), may_publish, follows=(tell_matches,)),
)
CHALLENGE_STATES.perform("publish", challenge, by=user)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .holding import hold
from .models import Step
from .rules import Refused, Verdict, require

Rule = Callable[[Any, Any], Verdict]
M = TypeVar("M", bound=models.Model)
Follow = Callable[[Any, Any, str], None]


@dataclass(frozen=True)
class Transition:
    """One declared step: `follows` are called in the same transaction as (subject, user, reason)."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: str | Promise
    rule: Rule
    needs_reason: bool = False
    follows: tuple[Follow, ...] = ()


class WrongState(Refused):
    """The subject is no longer in a state from which this step can be taken."""

    def __init__(self) -> None:
        super().__init__(_("Something has changed in the meantime, so this is no longer possible. Load the page anew."))


class ReasonMissing(Refused):
    """The step demands a reason and none was given."""

    def __init__(self) -> None:
        super().__init__(_("Write a reason first."))


class StateMachine:
    """All transitions of one state field of one model."""

    def __init__(self, field: str, *transitions: Transition) -> None:
        self.field = field
        self.transitions = {t.name: t for t in transitions}

    def available(self, user: Any, subject: models.Model) -> list[tuple[Transition, Verdict]]:
        """The transitions that start in the subject's state, each with the verdict for this user."""
        state = getattr(subject, self.field)
        return [(t, t.rule(user, subject)) for t in self.transitions.values() if state in t.sources]

    def allowed(self, user: Any, subject: models.Model) -> list[Transition]:
        """The transitions that this user may take now."""
        return [t for t, verdict in self.available(user, subject) if verdict]

    def perform(self, name: str, subject: M, *, by: Any, reason: str = "") -> M:
        """Take one step in one transaction: lock, check state and rule, change, log, call what follows.

        Returns the subject as it now is. Raises WrongState, ReasonMissing, Gone or Refused; then nothing has changed.
        """
        step = self.transitions[name]
        with transaction.atomic():
            locked = hold(type(subject)._default_manager.all(), subject.pk)
            source = getattr(locked, self.field)
            if source not in step.sources:
                raise WrongState
            require(step.rule(by, locked))
            if step.needs_reason and not reason.strip():
                raise ReasonMissing
            setattr(locked, self.field, step.target)
            locked.save(update_fields=[self.field])
            log_step(locked, step.name, source, step.target, by=by, reason=reason)
            for follow in step.follows:
                follow(locked, by, reason)
        setattr(subject, self.field, step.target)
        return locked


def log_step(subject: models.Model, name: str, source: str, target: str, *, by: Any, reason: str = "") -> Step:
    """Write one line in the log of steps; `by` may be None for the platform itself."""
    return Step.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        name=name,
        source=source,
        target=target,
        by=by if getattr(by, "pk", None) else None,
        reason=reason,
    )


def steps_of(subject: models.Model) -> models.QuerySet[Step]:
    """The subject's log of steps, oldest first, with the people who took them."""
    return Step.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).select_related("by")
