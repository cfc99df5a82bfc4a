"""The face: front pages, navigation, my overview, errors."""
