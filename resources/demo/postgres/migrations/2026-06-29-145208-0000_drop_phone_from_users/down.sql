-- The column comes back; the numbers do not.
ALTER TABLE users ADD COLUMN phone varchar(32);
COMMENT ON COLUMN users.phone IS 'International format, for the carrier';
