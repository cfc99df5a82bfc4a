"""Ambassadors: employees who know social economy, asked by their municipality and with their own yes."""
