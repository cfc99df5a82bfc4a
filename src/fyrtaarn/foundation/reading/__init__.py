"""A file as municipalities have it becomes one table of text."""

from .lines import MOST_ROWS, Damage, Note, Unreadable
from .table import Table, read_table

__all__ = ["MOST_ROWS", "Damage", "Note", "Table", "Unreadable", "read_table"]
