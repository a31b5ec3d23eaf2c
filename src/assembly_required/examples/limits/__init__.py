"""Three attempts a minute for each address, what the fourth gets, and when to come back."""
