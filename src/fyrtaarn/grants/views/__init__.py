"""Pages of grants: for the two parties, for the office, for everybody."""
