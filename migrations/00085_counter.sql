-- +goose Up
-- The form of a counter that made the account, so that a second press makes no second one.
ALTER TABLE users ADD COLUMN form_token uuid CONSTRAINT users_form_token_unique UNIQUE;

-- +goose Down
ALTER TABLE users DROP COLUMN form_token;
