"""Send a letter in the background with two retries, and ask what became of it."""
