"""Pages of fieldwork: what institutions offer, stays, and what was learned."""
