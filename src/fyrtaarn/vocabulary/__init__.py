"""Which words people use and what they mean: the shared taxonomy that search and matching read with, and its editing."""
