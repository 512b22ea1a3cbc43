-- For shipping costs by weight; filled in as the warehouse weighs.
ALTER TABLE products ADD COLUMN weight_grams INTEGER;
