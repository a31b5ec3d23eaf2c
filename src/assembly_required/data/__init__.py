"""Data for a new blog: demo articles to read, and any number of generated users and articles."""
