"""What there is to read: the chapters, in Markdown, the tutorial that shows them, and the page ``/stack``."""
