-- A row for each browser in which a user is signed in, and the columns that end tokens and undo a change of email.

ALTER TABLE users ADD COLUMN token_generation INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE users ADD COLUMN previous_email VARCHAR(254);
ALTER TABLE users ADD COLUMN previous_email_until DATETIME;

CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    key_hash VARCHAR(64) NOT NULL,
    user_id INTEGER NOT NULL,
    signed_in_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    CONSTRAINT fk_sessions_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_sessions_key_hash UNIQUE (key_hash)
);

CREATE INDEX ix_sessions_user_id ON sessions (user_id);
CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);
