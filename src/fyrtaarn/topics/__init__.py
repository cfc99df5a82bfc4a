"""What and for whom: themes, target groups and UN goals, the words that all rooms share."""
