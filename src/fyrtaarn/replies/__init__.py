"""Mail that comes in: an answer lands in the thread that our mail was about; what could not be delivered is noted."""
