"""Thin views: roles, invitations, one's own profile, and the ways to sign in."""
