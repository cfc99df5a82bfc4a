"""One entrance: a question reaches a named person in the right department, who answers before a deadline."""
