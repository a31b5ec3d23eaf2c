"""One page of articles, read in five ways: what eager loading and columns, statements and SQL by hand save."""
