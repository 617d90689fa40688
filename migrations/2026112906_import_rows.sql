-- +goose Up
-- Nothing ever wrote a row: a sheet is read again from its file when it is saved.
DROP TABLE import_rows;

-- +goose Down
CREATE TABLE import_rows (
    import_id bigint NOT NULL REFERENCES imports ON DELETE CASCADE,
    number    int NOT NULL,
    cells     jsonb NOT NULL,
    problems  jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (import_id, number)
);
