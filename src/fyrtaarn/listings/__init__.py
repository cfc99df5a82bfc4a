"""What is sought and offered: one index, one search, one matching for all rooms."""
