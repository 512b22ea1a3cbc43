-- The carrier asks for the number itself now, so we no longer keep it.
ALTER TABLE users DROP COLUMN phone;
