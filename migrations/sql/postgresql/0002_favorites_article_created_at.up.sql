-- Add the publication date of the article to each favorite. It never changes, so it can be copied. The column is added
-- as nullable, filled, and then made NOT NULL.

ALTER TABLE favorites ADD COLUMN article_created_at TIMESTAMP;
UPDATE favorites SET article_created_at = (SELECT created_at FROM articles WHERE articles.id = favorites.article_id);
ALTER TABLE favorites ALTER COLUMN article_created_at SET NOT NULL;
