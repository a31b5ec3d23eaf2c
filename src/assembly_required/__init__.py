"""Assembly Required: one blog, and a choice of Flask extensions for each part that Django includes.

Start with ``reader/chapters/first_hour.md``; ``reader/chapters/tour.md`` has a line on every module.
"""

from .factory import create_app

__all__ = ["create_app"]
