"""Pages of applications."""

from .office import handled
from .team import application, mine, receipt

__all__ = ["application", "handled", "mine", "receipt"]
