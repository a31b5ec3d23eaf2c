-- The address that its owner has confirmed: a copy, so that one that is changed afterwards is not.

ALTER TABLE users ADD COLUMN confirmed_email VARCHAR(254);
