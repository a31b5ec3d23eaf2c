"""The data a new blog can start with: demo articles, and any number of made-up users and articles."""
