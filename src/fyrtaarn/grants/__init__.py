"""Decisions, letters and complaints; grants, their instalments, reports and end; state aid."""
