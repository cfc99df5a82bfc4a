"""What is done with grants. Every write holds the grant first, then what belongs to it."""
