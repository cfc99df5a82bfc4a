"""For those who run an installation: request ids, access lines, slow queries, metrics and a page of how it stands."""
