"""The guide of ``flask choose``: questions, and rules that turn answers and measured figures into an answer.

Both are data. ``questions.toml`` has the questions; ``rules.toml`` says under which answers a rule applies, what must
be true of the figures, what it weighs, and what shows it.
"""
