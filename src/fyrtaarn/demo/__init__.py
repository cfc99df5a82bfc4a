"""Demo content of Copenhagen and Kolding."""
