"""Decisions on applications: drafted, heard, said yes to, told by letter, complained of."""
