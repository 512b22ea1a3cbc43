-- For the carrier, who calls before a delivery.
ALTER TABLE users ADD COLUMN phone varchar(32);
COMMENT ON COLUMN users.phone IS 'International format, for the carrier';
