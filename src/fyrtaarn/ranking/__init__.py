"""Saved examples of good answers, and what a change of the shared words would do to them before it is published."""
