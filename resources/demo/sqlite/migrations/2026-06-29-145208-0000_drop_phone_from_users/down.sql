-- The column comes back; the numbers do not.
ALTER TABLE users ADD COLUMN phone VARCHAR(32);
