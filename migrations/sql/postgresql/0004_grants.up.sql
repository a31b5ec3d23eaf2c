-- Groups and permissions granted to users: a name is that of a group or of a permission.

CREATE TABLE grants (
    id SERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    name VARCHAR(64) NOT NULL,
    CONSTRAINT pk_grants PRIMARY KEY (id),
    CONSTRAINT fk_grants_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_grants_user_id_name UNIQUE (user_id, name),
    CONSTRAINT ck_grants_name CHECK (length(name) BETWEEN 1 AND 64)
);
