"""Users, roles, invitations and sign-in."""
