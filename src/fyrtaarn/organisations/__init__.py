"""Enterprises, associations and public bodies, their teams, and the company register."""
