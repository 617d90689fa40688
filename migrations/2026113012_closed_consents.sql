-- +goose Up
-- The step that wrote a consent for each institution wrote one for closed accounts too, whose consents had been deleted.
-- Only that step writes an institution's consent for an account that is closed: closing deletes them all.
DELETE FROM consents c
USING users u
WHERE u.id = c.user_id
    AND u.closed_at IS NOT NULL
    AND c.kind = 'share_with_institution'
    AND c.institution_id IS NOT NULL;

-- +goose Down
-- What was deleted with an account stays deleted.
SELECT 1;
