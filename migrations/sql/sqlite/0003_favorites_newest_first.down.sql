CREATE INDEX ix_favorites_user_id_article_id ON favorites (user_id, article_id);
DROP INDEX ix_favorites_user_id_article_created_at_article_id;
