-- +goose Up
-- Where a person's work can be seen. It is shown, never fetched.
ALTER TABLE certificates ADD COLUMN link text NOT NULL DEFAULT '' CONSTRAINT certificates_link_form CHECK (link = '' OR link ~ '^https?://[^ ]+$' AND char_length(link) <= 500);

-- +goose Down
ALTER TABLE certificates DROP COLUMN link;
