"""A form for an article with tags: errors beside the fields, values kept, and a CSRF token."""
