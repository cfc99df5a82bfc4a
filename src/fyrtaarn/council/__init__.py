"""The social enterprise council: seats and terms, proposals, meetings, minutes, and advice that must be answered."""
