"""Applications to a pool, from the first word to the receipt."""
