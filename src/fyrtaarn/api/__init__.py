"""The read interface for other systems: what everybody may see, as JSON."""
