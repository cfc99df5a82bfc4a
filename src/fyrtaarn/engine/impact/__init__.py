"""What comes of it: social return, budget effect, uncertainty, progression, aggregation and disclosure control.

Deterministic results are exact (`fractions.Fraction`): discounting divides, so a decimal would round in every year and
the order of rows would show in the last digit. They are rounded where they are written, half away from nought. Floats
stand for draws of chance and for statistics alone. `docs/developers/impact.md` has every formula with its source.
"""
