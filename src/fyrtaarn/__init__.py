"""Fyrtårn: a municipality's platform for social entrepreneurship."""
