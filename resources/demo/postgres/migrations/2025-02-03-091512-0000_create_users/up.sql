-- Customers. The key is ours; external_id is the customer number of the CRM.
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    external_id varchar(32) NOT NULL UNIQUE,
    email varchar(254) NOT NULL CONSTRAINT users_email_check CHECK (email LIKE '%_@_%'),
    salutation varchar(8) CONSTRAINT users_salutation_check CHECK (salutation IN ('Mr', 'Ms', 'Mx', 'Dr')),
    first_name varchar(80) NOT NULL,
    last_name varchar(80) NOT NULL,
    date_of_birth date,
    address_line1 varchar(120),
    address_line2 varchar(120),
    postal_code varchar(16),
    city varchar(80),
    country char(2),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- One account per address, however it is typed.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

COMMENT ON TABLE users IS 'Customers who have an account';
COMMENT ON COLUMN users.external_id IS 'Customer number in the CRM';
COMMENT ON COLUMN users.email IS 'Login and address for receipts; unique whatever its case';
COMMENT ON COLUMN users.country IS 'ISO 3166-1 alpha-2';
