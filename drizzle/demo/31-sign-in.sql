-- Devices, credentials and 200,000 sign-ins.
INSERT INTO public.login_events
SELECT r.n, r.owner, timestamptz '2024-07-01 00:00+00' + make_interval(secs => r.n * 315 + seed.u(r.h, 0) % 300),
  ok, CASE WHEN NOT ok THEN seed.pick('{wrong password,unknown device,locked,expired code}'::text[], r.h, 1) END,
  seed.ip('logins.ip', r.n, r.h),
  CASE WHEN get_byte(r.h, 7) % 20 > 0 THEN seed.pick('{DE,DE,US,US,US,GB,GB,FR,ES,IT,NL,PL,SE,BR,UA,JP}'::text[], r.h, 4) END,
  (ARRAY['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36', 'MarigoldApp/4.2 (iOS 17.5)'])[1 + seed.u(r.h, 5) % 5],
  CASE WHEN ok THEN 'ses_' || encode(substr(r.h, 15, 16), 'hex') END
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner, n <= 60 OR get_byte(h, 3) % 12 > 0 AS ok
      FROM (SELECT n, seed.h('logins', n) AS h FROM generate_series(1, 200000) AS n OFFSET 0) x OFFSET 0) r;

-- Time-ordered keys (the shape of RFC 9562 version 7), so that the first devices are the first rows.
INSERT INTO public.devices
SELECT (lpad(to_hex(1640995200000 + r.n * 4720000::bigint), 12, '0') || '7' || substr(encode(r.h, 'hex'), 1, 3) || '8' || substr(encode(r.h, 'hex'), 4, 15))::uuid,
  r.owner, d.kind, d.model, CASE WHEN get_byte(r.h, 9) % 9 > 0 THEN (10 + get_byte(r.h, 9) % 8) || '.' || get_byte(r.h, 10) % 6 END,
  upper(seed.token('devices.serial', r.n)), CASE WHEN d.kind = 'phone' OR r.n <= 60 THEN d.imei || seed.luhn(d.imei) END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 11) % 3 > 0 THEN ('02' || encode(substr(r.h, 20, 5), 'hex'))::macaddr END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 12) % 3 = 0 THEN 'push:' || encode(seed.h('devices.push', r.n), 'hex') END,
  seed.ip('devices.ip', r.n, r.h),
  CASE WHEN r.n <= 60 OR get_byte(r.h, 13) % 4 = 0 THEN point(round((36 + seed.u(r.h, 0) % 20 + (1000000 + seed.u(r.h, 7) * 137) / 10000000.0)::numeric, 7)::float8,
    round((seed.u(r.h, 8) % 20 + (1000000 + seed.u(r.h, 9) * 131) / 10000000.0)::numeric, 7)::float8) END,
  timestamptz '2022-01-01 00:00+00' + make_interval(secs => r.n * 4720),
  CASE WHEN get_byte(r.h, 14) % 10 > 0 THEN timestamptz '2026-06-30 18:00+00' - make_interval(mins => seed.u(r.h, 5) * 3) END
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner
      FROM (SELECT n, seed.h('devices', n) AS h FROM generate_series(1, 30000) AS n OFFSET 0) x OFFSET 0) r
CROSS JOIN LATERAL (SELECT split_part(p, '|', 1) AS kind, split_part(p, '|', 2) AS model, '35' || substr(seed.digits(r.h), 20, 12) AS imei
  FROM (SELECT seed.pick('{phone|Pixel 8,phone|iPhone 15,phone|Galaxy S24,tablet|iPad Air,laptop|ThinkPad T14,watch|Fenix 7,phone|Fairphone 5}'::text[], r.h, 3) AS p) x OFFSET 0) d
ORDER BY r.n;

INSERT INTO public.credentials
SELECT r.n, coalesce(split_part(c.email, '@', 1), 'user' || r.n) || CASE WHEN r.n <= 60 THEN '' ELSE get_byte(r.h, 0)::text END,
  '$argon2id$v=19$m=65536,t=3,p=4$' || translate(encode(substr(r.h, 1, 15), 'base64'), E'=\n', '') || '$' || translate(encode(seed.h('hash', r.n), 'base64'), E'=\n', ''),
  CASE WHEN r.n <= 60 OR r.n % 4 = 0 THEN encode(substr(seed.h('salt', r.n), 1, 16), 'hex') END,
  CASE WHEN r.n <= 60 OR r.n % 3 = 0 THEN upper(translate(seed.token('totp', r.n) || seed.token('totp more', r.n), '89', 'ab')) END,
  CASE WHEN r.n <= 60 OR r.n % 6 = 0 THEN ARRAY[seed.code('recovery 1', r.n), seed.code('recovery 2', r.n), seed.code('recovery 3', r.n)] END,
  q.question, CASE WHEN q.question IS NULL THEN NULL WHEN r.n <= 60 THEN seed.word('latin', 'credentials.answer', r.n)
    ELSE seed.pick('{Bello,Minka,Oak Street School,Hansen,Blue,Volvo,Lisbon,Grandpa Otto}'::text[], r.h, 3) END,
  CASE WHEN r.n <= 60 OR r.n % 50 = 0 THEN 'rst_' || encode(seed.h('reset', r.n), 'hex') END,
  c.created_at + make_interval(days => seed.u(r.h, 4) % 800)
FROM (SELECT n, seed.h('credentials', n) AS h FROM generate_series(1, 30000) AS n OFFSET 0) r
JOIN public.customers c ON c.id = r.n
CROSS JOIN LATERAL (SELECT CASE WHEN r.n <= 60 OR r.n % 3 = 0 THEN seed.pick('{First pet,First school,Mother''s maiden name,First car}'::text[], r.h, 5) END AS question OFFSET 0) q
ORDER BY r.n;

INSERT INTO public.api_keys
SELECT r.n, r.n * 3, seed.pick('{warehouse,web shop,reporting,partner feed,test}'::text[], r.h, 0), 'mgk_' || substr(k, 1, 4),
  'mgk_' || k, CASE WHEN r.n <= 60 OR r.n % 5 = 0 THEN E'-----BEGIN PRIVATE KEY-----\n' || translate(encode('\x302e020100300506032b657004220420'::bytea || seed.h('private', r.n), 'base64'), E'\n', '') || E'\n-----END PRIVATE KEY-----' END,
  CASE WHEN r.n <= 60 OR r.n % 2 = 0 THEN 'https://hooks.partner.example/in/' || seed.token('webhook', r.n) END,
  CASE WHEN r.n % 4 = 0 THEN '{read,write}'::text[] ELSE '{read}' END,
  timestamptz '2023-01-10 09:00+00' + make_interval(days => r.n * 3), CASE WHEN r.n % 7 = 0 THEN timestamptz '2026-04-01 09:00+00' + make_interval(hours => r.n) END
FROM (SELECT n, seed.h('keys', n) AS h, encode(seed.h('secret', n), 'hex') AS k FROM generate_series(1, 400) AS n OFFSET 0) r
ORDER BY r.n;
