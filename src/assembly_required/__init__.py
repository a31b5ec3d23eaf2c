"""Assembly Required: one blog, and a choice of extensions for everything that Django would have brought.

This is the tour: all modules, in the order in which they explain each other.

TOUR
"""

from .factory import create_app

__all__ = ["create_app"]
