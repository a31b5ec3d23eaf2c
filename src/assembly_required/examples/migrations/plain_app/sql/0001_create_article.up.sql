-- step: create
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    title VARCHAR(200) NOT NULL
);
