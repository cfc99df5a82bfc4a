"""Django's PostgreSQL backend, patient while the server changes hands."""
