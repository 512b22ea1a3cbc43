DROP TRIGGER orders_updated_at;
DROP TRIGGER carts_updated_at;
DROP TRIGGER products_updated_at;
DROP TRIGGER users_updated_at;
