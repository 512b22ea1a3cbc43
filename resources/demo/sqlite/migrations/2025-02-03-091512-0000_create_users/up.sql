-- Customers. The key is ours; external_id is the customer number of the CRM.
CREATE TABLE users (
    id TEXT PRIMARY KEY NOT NULL
        DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
            || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))
        CHECK (length(id) = 36),
    external_id VARCHAR(32) NOT NULL UNIQUE,
    email VARCHAR(254) NOT NULL CHECK (email LIKE '%_@_%'),
    salutation VARCHAR(8) CHECK (salutation IN ('Mr', 'Ms', 'Mx', 'Dr')),
    first_name VARCHAR(80) NOT NULL,
    last_name VARCHAR(80) NOT NULL,
    date_of_birth DATE,
    address_line1 VARCHAR(120),
    address_line2 VARCHAR(120),
    postal_code VARCHAR(16),
    city VARCHAR(80),
    country CHAR(2) CHECK (length(country) = 2),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- One account per address, however it is typed.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
