-- Create the tables of the blog: users, follows, articles, tags, favorites and comments.
-- Without AUTOINCREMENT, SQLite reuses the ids of deleted rows. article_tags.created_at copies the date of the article,
-- which never changes, so that one index can return a page of the articles with a tag, newest first.

CREATE TABLE users (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    username VARCHAR(64) NOT NULL,
    email VARCHAR(254) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    bio VARCHAR(1000),
    image VARCHAR(2000),
    CONSTRAINT uq_users_username UNIQUE (username),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT ck_users_username CHECK (length(username) BETWEEN 1 AND 64),
    CONSTRAINT ck_users_email CHECK (length(email) BETWEEN 1 AND 254),
    CONSTRAINT ck_users_bio CHECK (length(bio) <= 1000),
    CONSTRAINT ck_users_image CHECK (length(image) <= 2000)
);

CREATE TABLE follows (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    follower_id INTEGER NOT NULL,
    followed_id INTEGER NOT NULL,
    CONSTRAINT fk_follows_follower_id FOREIGN KEY (follower_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_follows_followed_id FOREIGN KEY (followed_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_follows_follower_id_followed_id UNIQUE (follower_id, followed_id)
);
CREATE INDEX ix_follows_followed_id ON follows (followed_id);

CREATE TABLE tags (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(50) NOT NULL,
    CONSTRAINT uq_tags_name UNIQUE (name),
    CONSTRAINT ck_tags_name CHECK (length(name) BETWEEN 1 AND 50)
);

CREATE TABLE articles (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    slug VARCHAR(255) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description VARCHAR(500) NOT NULL,
    body TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    author_id INTEGER NOT NULL,
    CONSTRAINT fk_articles_author_id FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_articles_slug UNIQUE (slug),
    CONSTRAINT ck_articles_title CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT ck_articles_description CHECK (length(description) BETWEEN 1 AND 500),
    CONSTRAINT ck_articles_body CHECK (length(body) BETWEEN 1 AND 100000)
);
CREATE INDEX ix_articles_created_at_id ON articles (created_at, id);
CREATE INDEX ix_articles_author_id_created_at_id ON articles (author_id, created_at, id);

CREATE TABLE article_tags (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT fk_article_tags_article_id FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE,
    CONSTRAINT fk_article_tags_tag_id FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE,
    CONSTRAINT uq_article_tags_article_id_tag_id UNIQUE (article_id, tag_id)
);
CREATE INDEX ix_article_tags_tag_id_created_at_article_id ON article_tags (tag_id, created_at, article_id);

CREATE TABLE favorites (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    CONSTRAINT fk_favorites_article_id FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE,
    CONSTRAINT fk_favorites_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_favorites_article_id_user_id UNIQUE (article_id, user_id)
);
CREATE INDEX ix_favorites_user_id_article_id ON favorites (user_id, article_id);

CREATE TABLE comments (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    article_id INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    CONSTRAINT fk_comments_article_id FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE,
    CONSTRAINT fk_comments_author_id FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT ck_comments_body CHECK (length(body) BETWEEN 1 AND 10000)
);
CREATE INDEX ix_comments_article_id_id ON comments (article_id, id);
CREATE INDEX ix_comments_author_id ON comments (author_id);
