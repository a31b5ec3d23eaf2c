ALTER TABLE favorites DROP COLUMN article_created_at;
