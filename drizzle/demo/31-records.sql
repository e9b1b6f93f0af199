-- Preferences, documents and consents.
INSERT INTO public.preferences
SELECT r.n, c.language || '-' || c.country, jsonb_build_object(
    'theme', CASE WHEN get_byte(r.h, 0) % 3 = 0 THEN 'dark' ELSE 'light' END,
    'notifications', jsonb_build_object('email', get_byte(r.h, 1) % 2 = 0, 'sms', get_byte(r.h, 2) % 4 = 0),
    'delivery', CASE WHEN r.n <= 60 OR get_byte(r.h, 3) % 3 = 0 THEN jsonb_build_object('instructions',
      seed.noted('Ring twice, ask for ' || c.given_name, 'preferences.delivery', r.n), 'phone', c.phone, 'door_code', 1000 + seed.u(r.h, 4) % 9000) END,
    'profile', jsonb_build_object('nickname', CASE WHEN r.n <= 60 THEN seed.word('latin', 'preferences.nickname', r.n) ELSE left(c.email, 4) END,
      'interests', CASE get_byte(r.h, 5) % 4 WHEN 0 THEN '["skin","hair"]'::jsonb WHEN 1 THEN '["diabetes","feet"]' WHEN 2 THEN '["pregnancy"]' ELSE '[]' END),
    'household', CASE WHEN get_byte(r.h, 6) % 5 = 0 THEN jsonb_build_array(jsonb_build_object('name', c.family_name, 'born', 1950 + get_byte(r.h, 7) % 70)) ELSE '[]' END),
  c.updated_at + make_interval(hours => seed.u(r.h, 8) % 4000)
FROM (SELECT n, seed.h('preferences', n) AS h FROM generate_series(1, 30000) AS n OFFSET 0) r
JOIN public.customers c ON c.id = r.n
ORDER BY r.n;

INSERT INTO public.documents
SELECT r.n, r.owner, d.kind, d.kind || '-' || lpad(r.n::text, 6, '0') || d.ending, d.mime, coalesce(octet_length(d.content), 0), d.content,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 2) % 3 = 0 THEN seed.noted('Scanned at the counter', 'documents.description', r.n) END,
  timestamptz '2023-02-01 09:00+00' + make_interval(mins => r.n * 590)
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner
      FROM (SELECT n, seed.h('documents', n) AS h FROM generate_series(1, 3000) AS n OFFSET 0) x OFFSET 0) r
JOIN public.customers c ON c.id = r.owner
CROSS JOIN LATERAL (
  SELECT k.kind, k.mime, k.ending, CASE WHEN r.n > 60 AND get_byte(r.h, 3) % 40 = 0 THEN NULL WHEN k.ending = '.png'
    THEN '\x89504e470d0a1a0a0000000d49484452'::bytea || seed.h('scan', r.n) || convert_to(' ' || seed.code('documents.content', r.n) || ' ', 'UTF8') || seed.h('scan 2', r.n)
    ELSE convert_to(E'%PDF-1.4\n% ' || k.kind || ' of ' || c.full_name || ', born ' || coalesce(c.birth_date::text, 'unknown') || E'\n% file '
      || seed.code('documents.content', r.n) || E'\n' || repeat(E'0 0 m 612 0 l S\n', 10 + get_byte(r.h, 4)) || E'%%EOF\n', 'UTF8') END AS content
  FROM (SELECT split_part(p, '|', 1) AS kind, split_part(p, '|', 2) AS mime, split_part(p, '|', 3) AS ending
        FROM (SELECT seed.pick('{passport|image/png|.png,invoice|application/pdf|.pdf,prescription|application/pdf|.pdf,letter|application/pdf|.pdf,signature|image/png|.png}'::text[], r.h, 0) AS p) x) k OFFSET 0) d
ORDER BY r.n;

INSERT INTO public.consents
SELECT r.n, r.owner, seed.pick('{marketing e-mail,analytics,data sharing with clinics,research,telephone contact}'::text[], r.h, 0),
  get_byte(r.h, 2) % 4 > 0, 1 + get_byte(r.h, 3) % 6,
  daterange(r.since, CASE WHEN get_byte(r.h, 4) % 3 = 0 THEN r.since + 30 + seed.u(r.h, 3) % 900 END),
  CASE WHEN r.n <= 60 OR get_byte(r.h, 8) % 4 > 0 THEN seed.ip('consents.ip', r.n, r.h) END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 9) % 20 = 0 THEN '<svg xmlns="http://www.w3.org/2000/svg" id="' || seed.token('consents.signature', r.n)
    || '"><path d="M' || get_byte(r.h, 10) || ' ' || get_byte(r.h, 11) || 'q' || get_byte(r.h, 12) || ' -9 12 ' || get_byte(r.h, 13) || 't7 -30"/></svg>' END
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner, date '2018-05-25' + n / 14 AS since
      FROM (SELECT n::int AS n, seed.h('consents', n) AS h FROM generate_series(1, 40000) AS n OFFSET 0) x OFFSET 0) r
ORDER BY r.n;
