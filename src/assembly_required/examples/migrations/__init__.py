"""Create a table, add a column and fill it, take the last step back, show where the database stands."""
