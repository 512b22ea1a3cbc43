DROP TRIGGER orders_updated_at ON orders;
DROP TRIGGER carts_updated_at ON carts;
DROP TRIGGER products_updated_at ON products;
DROP TRIGGER users_updated_at ON users;
DROP FUNCTION set_updated_at();
