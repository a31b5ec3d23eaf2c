-- When the article was published, with each favorite of it: it never changes, so it may stand twice.
-- In three moves, as each column that may not be empty comes into a table with rows: add it empty, fill it, and only
-- then refuse what is empty.

ALTER TABLE favorites ADD COLUMN article_created_at TIMESTAMP;
UPDATE favorites SET article_created_at = (SELECT created_at FROM articles WHERE articles.id = favorites.article_id);
ALTER TABLE favorites ALTER COLUMN article_created_at SET NOT NULL;
