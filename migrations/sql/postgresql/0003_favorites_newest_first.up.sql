-- A page of somebody's favorites, newest article first, is a stretch of this index, however many there are.

CREATE INDEX ix_favorites_user_id_article_created_at_article_id
    ON favorites (user_id, article_created_at, article_id);
DROP INDEX ix_favorites_user_id_article_id;
