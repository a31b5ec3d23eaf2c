"""What is there to read: the chapters (Markdown) and the page ``/stack``."""
