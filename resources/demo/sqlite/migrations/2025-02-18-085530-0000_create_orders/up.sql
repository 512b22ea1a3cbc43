-- Orders keep what was true when they were placed: the billing address, the product and its price.
CREATE TABLE orders (
    id INTEGER PRIMARY KEY NOT NULL,
    number VARCHAR(20) NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    cart_id INTEGER UNIQUE REFERENCES carts (id) ON DELETE SET NULL,
    status VARCHAR(16) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded')),
    total DECIMAL(10,2) NOT NULL CHECK (total >= 0),
    currency CHAR(3) NOT NULL DEFAULT 'EUR',
    billing_address JSON NOT NULL CHECK (json_valid(billing_address)),
    payment_method VARCHAR(16) NOT NULL
        CHECK (payment_method IN ('card', 'wallet', 'invoice', 'direct_debit', 'bank_transfer')),
    payment_reference VARCHAR(40),
    paid_at TIMESTAMP,
    note TEXT,
    placed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE order_items (
    id INTEGER PRIMARY KEY NOT NULL,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    product_id INTEGER REFERENCES products (id) ON DELETE SET NULL,
    product_snapshot JSON NOT NULL CHECK (json_valid(product_snapshot)),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    unit_price DECIMAL(10,2) NOT NULL CHECK (unit_price >= 0),
    UNIQUE (order_id, position)
);
