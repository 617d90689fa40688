-- +goose Up
-- Who sends an application agrees that its institution sees them: one consent for each institution, with its day.
ALTER TABLE consents ADD COLUMN institution_id bigint REFERENCES institutions,
    ADD CONSTRAINT consents_institution_shared CHECK (institution_id IS NULL OR kind = 'share_with_institution');
-- The consents of what was sent before, as of its first day. Who has withdrawn the one for all institutions since does not share.
INSERT INTO consents (user_id, kind, version, given_at, withdrawn_at, institution_id)
SELECT a.seeker_id, 'share_with_institution', '2026-11', min(a.first_submitted_at),
    (SELECT max(c.withdrawn_at) FROM consents c
     WHERE c.user_id = a.seeker_id AND c.kind = 'share_with_institution' AND c.withdrawn_at > max(a.submitted_at)
        AND NOT EXISTS (SELECT 1 FROM consents o WHERE o.user_id = c.user_id AND o.kind = c.kind AND o.withdrawn_at IS NULL)),
    p.institution_id
FROM applications a
JOIN intakes n ON n.id = a.intake_id
JOIN programmes p ON p.id = n.programme_id
WHERE a.first_submitted_at IS NOT NULL
GROUP BY a.seeker_id, p.institution_id;
CREATE UNIQUE INDEX consents_sharing_once ON consents (user_id, institution_id) WHERE institution_id IS NOT NULL AND withdrawn_at IS NULL;

-- +goose Down
DELETE FROM consents WHERE institution_id IS NOT NULL;
ALTER TABLE consents DROP COLUMN institution_id;
