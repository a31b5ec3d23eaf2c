"""Exercises, each with its solution; :mod:`assembly_required.reader.exercising` makes the beginning from it."""
