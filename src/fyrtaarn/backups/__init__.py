"""Backups: the whole installation in one file that can be checked, and back from it."""
