"""Danish with a full stop in the time of day, as Retskrivningsordbogen has it."""

DATETIME_FORMAT = r"j. F Y \k\l. H.i"
SHORT_DATETIME_FORMAT = "d.m.Y H.i"
TIME_FORMAT = "H.i"
