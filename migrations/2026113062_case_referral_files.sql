-- +goose Up
-- The files of a case that an office is shown, chosen one by one. A referral may show nothing else.
CREATE TABLE case_referral_files (
    referral_id   bigint NOT NULL REFERENCES case_referrals ON DELETE CASCADE,
    attachment_id bigint NOT NULL REFERENCES case_attachments ON DELETE CASCADE,
    PRIMARY KEY (referral_id, attachment_id)
);
CREATE INDEX case_referral_files_by_attachment ON case_referral_files (attachment_id);

-- +goose Down
DROP TABLE case_referral_files;
