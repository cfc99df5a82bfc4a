"""Pools of money: who feeds them, by which rules they are given, and when one can apply."""
