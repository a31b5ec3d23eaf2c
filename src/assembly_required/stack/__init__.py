"""What is chosen: the table of slots, the named stacks, the settings, and the code that chooses and assembles."""
