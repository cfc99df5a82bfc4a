"""What the steps of writing a challenge show."""

from ..models import Challenge


def is_told(challenge: Challenge, step: str) -> bool:
    """Whether the step of the form has been filled in."""
    told = {
        "situation": bool(challenge.title and challenge.situation),
        "frame": bool(challenge.where or challenge.when or challenge.possibilities or challenge.needed_by),
        "review": challenge.published is not None,
    }
    return told[step]
