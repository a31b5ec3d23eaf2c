ALTER TABLE users DROP COLUMN confirmed_email;
