-- Add the publication date of the article to each favorite. It never changes, so it can be copied.
-- SQLite's ALTER TABLE cannot add a NOT NULL column without a default, so the table is created again. This is safe
-- because no other table refers to it; otherwise dropping it would delete their rows as well.

CREATE TABLE favorites_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    article_created_at DATETIME NOT NULL,
    CONSTRAINT fk_favorites_article_id FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE,
    CONSTRAINT fk_favorites_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_favorites_article_id_user_id UNIQUE (article_id, user_id)
);
INSERT INTO favorites_new (id, article_id, user_id, article_created_at)
    SELECT favorites.id, article_id, user_id, created_at FROM favorites JOIN articles ON articles.id = article_id;
DROP TABLE favorites;
ALTER TABLE favorites_new RENAME TO favorites;
CREATE INDEX ix_favorites_user_id_article_id ON favorites (user_id, article_id);
