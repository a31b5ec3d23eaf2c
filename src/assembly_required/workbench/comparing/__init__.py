"""One request on two stacks, side by side."""
