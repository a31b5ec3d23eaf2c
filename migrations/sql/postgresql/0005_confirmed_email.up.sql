-- The address that the user has confirmed. It is a copy, so a changed address is automatically unconfirmed.

ALTER TABLE users ADD COLUMN confirmed_email VARCHAR(254);
