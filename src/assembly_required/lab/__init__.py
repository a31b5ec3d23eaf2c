"""Measure and compare: ``compare`` times stacks, ``differences`` runs the libraries of a slot by themselves."""
