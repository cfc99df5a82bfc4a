"""They meet: two sides of a match talk, and it ends in an agreement or politely without."""
