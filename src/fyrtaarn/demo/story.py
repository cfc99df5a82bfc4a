"""The log of steps as it would have been written had people taken the steps one by one."""

from datetime import datetime

from django.db.models import Model

from fyrtaarn.foundation.models import Step


def step(subject: Model, name: str, source: str, target: str, *, by: int, at: datetime, reason: str = "") -> Step:
    """One line of the log, not yet saved; `by` is a person's primary key."""
    return Step(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        name=name,
        source=source,
        target=target,
        by_id=by,
        reason=reason,
        at=at,
    )
