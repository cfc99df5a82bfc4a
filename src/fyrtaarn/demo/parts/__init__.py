"""The parts of the demo content, in the order in which they refer to each other."""
