"""The tag by which rooms above show what effect is wanted."""
