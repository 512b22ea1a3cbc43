-- The catalogue. number is the material number of the ERP, 18 digits with leading zeros.
CREATE TABLE products (
    id INTEGER PRIMARY KEY NOT NULL,
    number VARCHAR(18) NOT NULL UNIQUE CHECK (length(number) = 18),
    name VARCHAR(160) NOT NULL,
    description TEXT,
    category VARCHAR(40) NOT NULL,
    price DECIMAL(10,2) NOT NULL CHECK (price >= 0),
    stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
    active BOOLEAN NOT NULL DEFAULT TRUE CHECK (active IN (FALSE, TRUE)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
