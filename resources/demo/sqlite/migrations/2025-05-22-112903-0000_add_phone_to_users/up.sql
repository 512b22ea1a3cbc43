-- For the carrier, who calls before a delivery.
ALTER TABLE users ADD COLUMN phone VARCHAR(32);
