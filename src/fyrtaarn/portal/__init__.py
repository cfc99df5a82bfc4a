"""Challenges beside solutions, and the public pages of those who have them."""
