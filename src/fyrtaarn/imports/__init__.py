"""Workbooks and CSV files as municipalities have them, taken in whole or not at all."""
