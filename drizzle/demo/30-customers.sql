-- 50,000 customers. Everything else hangs on them, so they come first.
INSERT INTO public.customers (id, customer_number, given_name, family_name, email, phone, birth_date, gender, country, language,
  nationality, marital_status, national_id, segment, lifetime_value, tags, newsletter, notes, created_at, updated_at, closed_on)
SELECT r.n,
  'MG-' || seed.fill('####-####-####', right(seed.digits(r.h), 12)),
  seed.named(p.given, l.script, 'customers.given', r.n),
  seed.named(p.family, l.script, 'customers.family', r.n),
  CASE WHEN r.n > 60 AND seed.u(r.h, 4) % 50 = 0 THEN NULL
    ELSE seed.email(p.local || CASE seed.u(r.h, 5) % 3 WHEN 0 THEN (r.n % 9973)::text WHEN 1 THEN '.' || (r.n % 4999)::text ELSE '_' || to_char(p.born, 'YY') || r.n % 997 END,
      'customers.email', r.n) END,
  CASE WHEN r.n > 60 AND seed.u(r.h, 6) % 10 = 0 THEN CASE WHEN seed.u(r.h, 6) % 50 = 0 THEN '' END
    ELSE seed.phone(seed.pick(l.phones, r.h, 7), 'customers.phone', r.n) END,
  CASE WHEN seed.u(r.h, 13) % 40 > 0 THEN p.born END,
  p.gender, l.country, l.language,
  CASE seed.u(r.h, 8) % 12 WHEN 0 THEN NULL WHEN 1 THEN seed.pick('{US,GB,DE,FR,PL,TR,UA,IN,SY,RO,PT,VN}'::text[], r.h, 9) ELSE l.country END,
  CASE seed.u(r.h, 10) % 9 WHEN 0 THEN 'divorced' WHEN 1 THEN 'widowed' WHEN 2 THEN 'registered partnership'
    WHEN 3 THEN NULL WHEN 4 THEN NULL WHEN 5 THEN 'single' WHEN 6 THEN 'single' ELSE 'married' END,
  CASE WHEN r.n > 60 AND seed.u(r.h, 11) % 100 < 38 THEN CASE WHEN seed.u(r.h, 11) % 100 = 0 THEN '' END
    ELSE seed.national_id(l.country, r.n, p.born, p.is_female) END,
  (CASE seed.u(r.h, 12) % 10 WHEN 0 THEN 'new' WHEN 1 THEN 'loyal' WHEN 2 THEN 'loyal' WHEN 3 THEN 'business' WHEN 4 THEN 'dormant'
    ELSE 'regular' END)::public.customer_segment,
  round((seed.u(r.h, 8)::numeric * seed.u(r.h, 9) % 400000) / 100 * (1 + seed.u(r.h, 10) % 5), 2),
  CASE seed.u(r.h, 14) % 5 WHEN 0 THEN '{vip,paper-invoice}'::text[] WHEN 1 THEN '{clinic}' WHEN 2 THEN '{app}' WHEN 3 THEN '{app,clinic}' ELSE '{}' END,
  seed.u(r.h, 15) % 3 = 0,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 14) % 6 = 0 THEN seed.noted(
    CASE seed.u(r.h, 15) % 6
      WHEN 0 THEN 'Prefers to be called after 5 pm. Speaks ' || l.language || '.'
      WHEN 1 THEN 'Moved in with family; confirm the address before sending.'
      WHEN 2 THEN 'Asked for a copy of all data kept on ' || p.given || '. Sent by post.'
      WHEN 3 THEN 'Hard of hearing: write rather than call.'
      WHEN 4 THEN 'Daughter orders on behalf of ' || p.given || ' ' || p.family || ', number on file.'
      ELSE '' END, 'customers.notes', r.n) END,
  p.since, p.since + make_interval(days => seed.u(r.h, 3) % 90, mins => seed.u(r.h, 4) % 1440),
  CASE WHEN r.n > 60 AND seed.u(r.h, 5) % 60 = 0 THEN date '2026-06-30' - seed.u(r.h, 6) % 700 END
FROM (SELECT n, seed.h('customers', n) AS h FROM generate_series(1, 50000) AS n OFFSET 0) r
JOIN seed.slot ON slot.slot = seed.u(r.h, 0) % 100
JOIN seed.land l ON l.country = slot.country
CROSS JOIN LATERAL (
  SELECT split_part(g.given, '/', 1) AS given, split_part(g.family, '/', 1) AS family,
    split_part(g.given, '/', 2) || '.' || split_part(g.family, '/', 2) AS local,
    g.is_female,
    (CASE WHEN seed.u(r.h, 2) % 97 = 0 THEN 'non_binary' WHEN seed.u(r.h, 2) % 61 = 0 THEN 'undisclosed'
      WHEN g.is_female THEN 'female' ELSE 'male' END)::public.gender AS gender,
    date '1936-02-01' + (seed.u(r.h, 4) % 13000 + seed.u(r.h, 5) % 13000) AS born,
    timestamptz '2016-01-04 08:00+00' + make_interval(mins => r.n * 110, secs => seed.u(r.h, 6) % 6000) AS since
  FROM (SELECT seed.pick(CASE WHEN get_byte(r.h, 2) < 133 THEN l.female ELSE l.male END, r.h, 2) AS given,
      seed.pick(l.family, r.h, 3) AS family, get_byte(r.h, 2) < 133 AS is_female OFFSET 0) g
  OFFSET 0
) p
ORDER BY r.n;
ALTER TABLE public.customers ADD PRIMARY KEY (id);
ANALYZE public.customers;
