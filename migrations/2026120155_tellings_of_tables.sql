-- +goose Up
-- Papers, how long they take and what may be charged are read by people too: a change of any of them is told as one of a rule is.
ALTER TABLE rule_tellings ADD COLUMN of_table text;
UPDATE rule_tellings SET of_table = 'document_rules';
ALTER TABLE rule_tellings ALTER COLUMN of_table SET NOT NULL;

-- +goose Down
DELETE FROM rule_tellings WHERE of_table <> 'document_rules';
ALTER TABLE rule_tellings DROP COLUMN of_table;
