"""Fieldwork: institutions offer desks, visits and observation; entrepreneurs come, look and learn with them."""
