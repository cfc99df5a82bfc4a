"""Background work that a fault outside (a database or register that is gone for a while) must not end for good."""

from procrastinate import RetryStrategy

AGAIN = RetryStrategy(max_attempts=12, exponential_wait=2)
"""Pauses of 4 s, 8 s … to two hours, four and a half hours in all. Work that comes again within minutes needs none."""
