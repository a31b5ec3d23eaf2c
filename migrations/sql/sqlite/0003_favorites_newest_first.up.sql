-- With this index, a page of a user's favorites, newest article first, reads only that page.

CREATE INDEX ix_favorites_user_id_article_created_at_article_id
    ON favorites (user_id, article_created_at, article_id);
DROP INDEX ix_favorites_user_id_article_id;
