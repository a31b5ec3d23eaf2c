-- step: change
ALTER TABLE article ADD COLUMN slug VARCHAR(200) NOT NULL DEFAULT '';
UPDATE article SET slug = lower(replace(title, ' ', '-'));
