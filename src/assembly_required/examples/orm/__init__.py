"""A page of articles with author, tags and number of comments; publish, change and delete an article."""
