-- 400 products, 60,000 orders and what is in them.
INSERT INTO public.products
SELECT r.n, 'MG' || lpad((r.n * 37)::text, 6, '0'), w.line || ' ' || w.thing || ' ' || w.size, w.category,
  CASE WHEN r.n % 9 = 0 THEN NULL ELSE w.line || ' ' || lower(w.thing) || ' for everyday care. Dermatologically tested, free of perfume. '
    || CASE WHEN r.n % 7 = 0 THEN repeat('Apply thinly, morning and evening, and keep away from the eyes. ', 12) ELSE '' END END,
  3.49 + seed.u(r.h, 4) % 9000 / 100.0, 40 + seed.u(r.h, 5) % 1800,
  ARRAY[lower(w.category), seed.pick('{new,classic,vegan,refill}'::text[], r.h, 6)],
  jsonb_build_object('size', w.size, 'colour', seed.pick('{white,amber,green,clear}'::text[], r.h, 7), 'dimensions', jsonb_build_object('h', 5 + r.n % 20, 'w', 3 + r.n % 9)),
  daterange(date '2016-01-01' + seed.u(r.h, 8) % 3000, CASE WHEN r.n % 8 = 0 THEN date '2026-01-01' END),
  r.n % 13 = 0, timestamptz '2016-01-01 00:00+00' + make_interval(days => r.n)
FROM (SELECT n, seed.h('products', n) AS h FROM generate_series(1, 400) AS n OFFSET 0) r
CROSS JOIN LATERAL (SELECT seed.pick('{Calm,Meadow,Nordic,Pure,Alba,Vita,Sol,Linde}'::text[], r.h, 0) AS line,
  seed.pick('{Hand Cream,Body Lotion,Shampoo,Bandage,Thermometer,Sun Milk,Cough Syrup,Support Stocking,Blood Pressure Monitor,Tea}'::text[], r.h, 1) AS thing,
  seed.pick('{50 ml,100 ml,250 ml,S,M,L,2 pieces,10 pieces}'::text[], r.h, 2) AS size,
  seed.pick('{Skin,Hair,First aid,Mobility,Pharmacy,Nutrition}'::text[], r.h, 3) AS category OFFSET 0) w
ORDER BY r.n;

INSERT INTO public.order_items (order_id, line_no, product_id, quantity, unit_price, discount)
SELECT o.n, line, p.id, 1 + seed.u(o.h, line + 4) % 3, p.price, (ARRAY[0, 0, 0, 0, 0.05, 0.1, 0.25])[1 + seed.u(o.h, line + 8) % 7]::float8
FROM (SELECT n, seed.h('orders', n) AS h FROM generate_series(1, 60000) AS n OFFSET 0) o,
  generate_series(1, 1 + get_byte(o.h, 31) % 4) AS line
JOIN public.products p ON true
WHERE p.id = 1 + seed.u(o.h, line) % 400
ORDER BY o.n, line;

INSERT INTO public.orders
SELECT r.n, 'SO-' || (2000000 + r.n * 7), r.owner, CASE WHEN seed.u(r.h, 12) % 30 > 0 THEN r.owner END,
  (CASE WHEN r.n > 59600 THEN 'placed' WHEN r.n > 59000 THEN 'paid' WHEN r.n > 58500 THEN 'shipped'
    WHEN seed.u(r.h, 13) % 20 = 0 THEN 'returned' WHEN seed.u(r.h, 13) % 25 = 0 THEN 'cancelled' ELSE 'delivered' END)::public.order_status,
  r.placed, CASE WHEN r.n <= 58500 THEN r.placed::date + 2 + seed.u(r.h, 3) % 6 END,
  coalesce(i.total, 0), seed.pick('{EUR,EUR,EUR,EUR,USD,USD,GBP,PLN}'::text[], r.h, 4),
  CASE WHEN r.n <= 60 OR seed.u(r.h, 5) % 4 > 0 THEN seed.ip('orders.ip', r.n, r.h) END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 6) % 5 = 0 THEN seed.phone(seed.pick('{+44 7700 900###,+33 6 39 98 ## ##,+49 30 23125 ###,+1 212-555-01##}'::text[], r.h, 7), 'orders.phone', r.n) END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 8) % 25 = 0 THEN seed.noted(seed.pick('{"Happy birthday, dear Grandma","Get well soon","With love from all of us","For the new baby"}'::text[], r.h, 9), 'orders.gift', r.n) END
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner, timestamptz '2019-03-01 07:00+00' + make_interval(mins => n * 64, secs => seed.u(h, 0) % 3600) AS placed
      FROM (SELECT n, seed.h('order heads', n) AS h FROM generate_series(1, 60000) AS n OFFSET 0) x OFFSET 0) r
LEFT JOIN (SELECT order_id, sum(line_total) AS total FROM public.order_items GROUP BY order_id) i ON i.order_id = r.n
ORDER BY r.n;
