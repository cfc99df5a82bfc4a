"""A file as municipalities have it becomes one table of text."""

from .table import MOST_ROWS, Damage, Note, Table, Unreadable, read_table

__all__ = ["MOST_ROWS", "Damage", "Note", "Table", "Unreadable", "read_table"]
