"""Calculations: pure Python; no Django, no database, no clock, no unseeded randomness."""
