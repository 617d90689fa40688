-- +goose Up
-- Texts about special needs that stand without a consent: its withdrawal did not always erase them.
UPDATE profiles p SET special_needs = '' WHERE special_needs <> ''
    AND NOT coalesce((SELECT c.withdrawn_at IS NULL FROM consents c WHERE c.user_id = p.user_id AND c.kind = 'special_needs' ORDER BY c.given_at DESC, c.id DESC LIMIT 1), false);
-- Letters that wait for people who closed their account.
DELETE FROM notices n WHERE n.state <> 'sent' AND EXISTS (SELECT 1 FROM users u WHERE u.id = n.user_id AND u.closed_at IS NOT NULL);

-- +goose Down
-- What was erased stays erased.
SELECT 1;
