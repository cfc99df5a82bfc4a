"""The short pitch for a municipality: built step by step, on one page, with comments from an ambassador."""
