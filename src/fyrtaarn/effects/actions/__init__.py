"""What is done in the room: a municipality chooses what it wants, and those who do something plan what comes of it."""

from .plans import begin, choose_outcomes, plan_indicator, remove_indicator, write
from .wanted import choose_wanted

__all__ = ["begin", "choose_outcomes", "choose_wanted", "plan_indicator", "remove_indicator", "write"]
