"""Community managers: a named matchmaker for each district, whom she introduces to whom, and what came of it."""
