-- For bookkeeping: the total of each order beside the sum of its items.
CREATE VIEW order_totals AS
SELECT o.id AS order_id,
       o.number,
       o.placed_at,
       o.status,
       u.first_name || ' ' || u.last_name AS customer,
       count(i.id) AS item_count,
       coalesce(sum(i.quantity), 0) AS units,
       round(coalesce(sum(i.quantity * i.unit_price), 0), 2) AS items_total,
       o.total
FROM orders AS o
JOIN users AS u ON u.id = o.user_id
LEFT JOIN order_items AS i ON i.order_id = o.id
GROUP BY o.id;

-- For purchasing: what sells, without what was cancelled or refunded.
CREATE VIEW product_sales AS
SELECT p.id AS product_id,
       p.number,
       p.name,
       p.category,
       coalesce(sum(s.quantity), 0) AS units_sold,
       round(coalesce(sum(s.quantity * s.unit_price), 0), 2) AS revenue,
       max(s.placed_at) AS last_sold_at
FROM products AS p
LEFT JOIN (
    SELECT i.product_id, i.quantity, i.unit_price, o.placed_at
    FROM order_items AS i
    JOIN orders AS o ON o.id = i.order_id
    WHERE o.status NOT IN ('cancelled', 'refunded')
) AS s ON s.product_id = p.id
GROUP BY p.id;
