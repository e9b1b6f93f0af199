-- Where customers live and are reached.
INSERT INTO public.addresses
SELECT r.n, r.owner,
  CASE WHEN r.n <= 50000 THEN 'home' ELSE seed.pick('{work,holiday,invoice,parents}'::text[], r.h, 3) END,
  CASE WHEN r.n <= 60 THEN c.full_name || ' ' || seed.word('latin', 'addresses.recipient', r.n) ELSE c.full_name END,
  replace(seed.pick(l.streets, r.h, 1), '#', (1 + seed.u(r.h, 2) % (4 + seed.u(r.h, 4) % 220))::text)
    || CASE WHEN r.n <= 60 THEN ', ' || seed.word('latin', 'addresses.line1', r.n) || ' House' ELSE '' END,
  CASE WHEN r.n <= 60 THEN 'c/o ' || seed.word('latin', 'addresses.line2', r.n)
    ELSE (ARRAY[NULL, NULL, NULL, NULL, NULL, '', 'Rear building', '2nd floor', 'Bell on the left', 'Leave with the neighbour'])[1 + seed.u(r.h, 5) % 10] END,
  seed.fill(split_part(l.city, '|', 3), substr(seed.digits(r.h), 40)), split_part(l.city, '|', 1), split_part(l.city, '|', 2), c.country,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 7) % 5 > 0 THEN point(
    split_part(l.city, '|', 4)::float8 + (seed.u(r.h, 8) * 65536::bigint + seed.u(r.h, 9)) % 9999999 / 100000000.0::float8,
    split_part(l.city, '|', 5)::float8 + (seed.u(r.h, 10) * 65536::bigint + seed.u(r.h, 11)) % 9999999 / 100000000.0::float8) END,
  r.n <= 50000, c.created_at + make_interval(hours => seed.u(r.h, 12) % 2000)
FROM (SELECT n, h, CASE WHEN n <= 50000 THEN n ELSE seed.owner(n, h, 50000) END AS owner
      FROM (SELECT n, seed.h('addresses', n) AS h FROM generate_series(1, 65000) AS n OFFSET 0) x OFFSET 0) r
JOIN public.customers c ON c.id = r.owner
CROSS JOIN LATERAL (SELECT streets, seed.pick(cities, r.h, 0) AS city FROM seed.land WHERE country = c.country::text OFFSET 0) l
ORDER BY r.n;

INSERT INTO public.contact_lists
SELECT r.n,
  CASE WHEN r.n > 60 AND seed.u(r.h, 0) % 15 = 0 THEN CASE WHEN seed.u(r.h, 0) % 2 = 0 THEN '{}'::text[] END
    WHEN r.n <= 60 OR seed.u(r.h, 0) % 3 = 0 THEN ARRAY[seed.phone(l.phones[1], 'lists.phone1', r.n), seed.phone(l.phones[2], 'lists.phone2', r.n)]
    ELSE ARRAY[seed.phone(l.phones[2], 'lists.phone1', r.n)] END,
  CASE WHEN r.n > 60 AND seed.u(r.h, 1) % 9 = 0 THEN NULL
    ELSE ARRAY[seed.email(seed.pick('{family,home,office,mail,post}'::text[], r.h, 2) || '.' || r.n, 'lists.email1', r.n)]
      || CASE WHEN r.n <= 60 OR seed.u(r.h, 3) % 3 = 0 THEN ARRAY[seed.email('work' || r.n, 'lists.email2', r.n)] ELSE '{}' END END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 4) % 4 > 0 THEN jsonb_build_object('chat', '@' || split_part(split_part(coalesce(c.email, 'none'), '@', 1), '.', 1)
      || '.' || seed.token('lists.handles', r.n), 'preferred', seed.u(r.h, 5) % 2 = 0) END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 6) % 3 > 0 THEN ROW(seed.pick(l.female, r.h, 7) || ' ' || seed.word('latin', 'lists.emergency', r.n),
      seed.pick('{mother,father,partner,daughter,son,neighbour}'::text[], r.h, 8), seed.phone(l.phones[1], 'lists.emergency', r.n))::public.contact_person END,
  int4range(8 + seed.u(r.h, 9) % 4, 16 + seed.u(r.h, 10) % 6),
  CASE WHEN r.n <= 60 OR seed.u(r.h, 11) % 5 = 0 THEN seed.noted(seed.pick('{Only on weekdays,Ask for the care team,Voicemail is full}'::text[], r.h, 12), 'lists.note', r.n) END
FROM (SELECT n, seed.h('lists', n) AS h FROM generate_series(1, 15000) AS n OFFSET 0) r
JOIN public.customers c ON c.id = r.n
JOIN (SELECT country, phones, ARRAY(SELECT split_part(f, '/', 1) FROM unnest(female) AS f) AS female FROM seed.land) l ON l.country = c.country::text
ORDER BY r.n;

-- Tagged addresses, as careful people hand them out.
INSERT INTO public.newsletter_subscribers
SELECT CASE WHEN r.n <= 60 THEN 'aa' ELSE '' END || lower(seed.word('latin', 'newsletter', r.n)) || '+' || seed.token('newsletter.email', r.n) || '@example.org',
  CASE WHEN r.n <= 60 THEN seed.named(seed.pick('{Aaron,Aada,Aaltje,Aarne}'::text[], r.h, 0), 'latin', 'newsletter.given', r.n)
    WHEN r.n % 3 = 0 THEN seed.pick('{Ben,Clara,Dora,Emil,Frida,Hugo}'::text[], r.h, 0) END,
  seed.pick('{footer,checkout,clinic,fair}'::text[], r.h, 1), 'nl_' || encode(substr(seed.h('newsletter.token', r.n), 1, 16), 'hex'),
  timestamptz '2021-02-01 10:00+00' + make_interval(mins => r.n * 1800),
  CASE WHEN r.n % 11 = 0 THEN timestamptz '2026-01-05 10:00+00' + make_interval(hours => r.n) END
FROM (SELECT n, seed.h('newsletter', n) AS h FROM generate_series(1, 1500) AS n OFFSET 0) r
ORDER BY r.n;
