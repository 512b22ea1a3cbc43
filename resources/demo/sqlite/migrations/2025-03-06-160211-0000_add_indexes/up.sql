-- What the shop and the back office look for.
CREATE INDEX users_name_idx ON users (last_name, first_name);
CREATE INDEX products_category_idx ON products (category, name) WHERE active;
CREATE INDEX products_name_idx ON products (name COLLATE NOCASE);
CREATE INDEX carts_user_id_idx ON carts (user_id);
CREATE INDEX cart_items_product_id_idx ON cart_items (product_id);
CREATE INDEX orders_user_id_placed_at_idx ON orders (user_id, placed_at DESC);
CREATE INDEX orders_status_idx ON orders (status, placed_at);
CREATE INDEX orders_billing_country_idx ON orders (json_extract(billing_address, '$.country'));
CREATE UNIQUE INDEX orders_payment_reference_key ON orders (payment_reference) WHERE payment_reference IS NOT NULL;
CREATE INDEX order_items_product_id_idx ON order_items (product_id);
