"""The pages of assessment: an assessor's own, those of who assigns, and the board of a call."""
