"""Pages for the person herself, and for those who look after a municipality's data."""
