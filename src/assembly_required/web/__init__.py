"""Flask's side of the blog: the API, the site, sessions, error responses and the first run."""
