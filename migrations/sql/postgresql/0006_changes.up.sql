-- The log of changes in the admin. An entry remains when the object or the user is deleted.

CREATE TABLE changes (
    id SERIAL NOT NULL,
    at TIMESTAMP NOT NULL,
    username VARCHAR(64) NOT NULL,
    action VARCHAR(16) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    name VARCHAR(255) NOT NULL,
    CONSTRAINT pk_changes PRIMARY KEY (id)
);
