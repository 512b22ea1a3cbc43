-- For shipping costs by weight; filled in as the warehouse weighs.
ALTER TABLE products ADD COLUMN weight_grams integer;
COMMENT ON COLUMN products.weight_grams IS 'Packed weight; empty until the warehouse has weighed it';
