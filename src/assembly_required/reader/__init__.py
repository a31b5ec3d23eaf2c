"""The chapters, in Markdown, and the page ``/stack``."""
