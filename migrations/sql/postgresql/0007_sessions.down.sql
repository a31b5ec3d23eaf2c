DROP TABLE sessions;

ALTER TABLE users DROP COLUMN previous_email_until;
ALTER TABLE users DROP COLUMN previous_email;
ALTER TABLE users DROP COLUMN token_generation;
