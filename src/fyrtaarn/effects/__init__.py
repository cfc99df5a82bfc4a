"""What comes of it: the catalogue of outcomes and indicators that all measure by."""
