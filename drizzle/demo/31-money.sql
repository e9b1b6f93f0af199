-- Cards, accounts and tax profiles: valid numbers, kept as badly as old shops keep them.
INSERT INTO public.payment_cards (id, customer_id, brand, number, holder_name, exp_month, exp_year, cvv, track2, is_active, added_at)
SELECT r.n, r.owner, b.brand,
  CASE WHEN seed.u(r.h, 8) % 8 > 0 OR b.brand = 'American Express' THEN b.number
    ELSE seed.fill('#### #### #### ####', b.number) END,
  CASE WHEN r.n <= 60 THEN upper(split_part(c.name, ' ', 1)) || ' ' || upper(seed.word('latin', 'cards.holder', r.n)) ELSE upper(c.name) END,
  1 + seed.u(r.h, 4) % 12, 2024 + seed.u(r.h, 5) % 7,
  CASE WHEN seed.u(r.h, 6) % 3 > 0 THEN substr(seed.digits(r.h), 50, CASE b.brand WHEN 'American Express' THEN 4 ELSE 3 END) END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 7) % 40 = 0 THEN ';' || b.number || '=' || 24 + seed.u(r.h, 5) % 7 || lpad((1 + seed.u(r.h, 4) % 12)::text, 2, '0') || '101' || substr(seed.digits(r.h), 40, 12) || '?' END,
  seed.u(r.h, 9) % 7 > 0,
  timestamptz '2018-01-02 09:00+00' + make_interval(mins => r.n * 98, secs => seed.u(r.h, 3) % 3000)
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner
      FROM (SELECT n, seed.h('cards', n) AS h FROM generate_series(1, 45000) AS n OFFSET 0) x OFFSET 0) r
JOIN (SELECT id, coalesce(split_part(split_part(email, '@', 1), '.', 1) || ' ' || translate(split_part(split_part(email, '@', 1), '.', 2), '_0123456789', ''), 'valued client') AS name
      FROM public.customers) c ON c.id = r.owner
CROSS JOIN LATERAL (
  SELECT s.brand, s.payload || seed.luhn(s.payload) AS number
  FROM (SELECT CASE WHEN k < 50 THEN 'Visa' WHEN k < 82 THEN 'Mastercard' WHEN k < 92 AND r.n > 60 THEN 'American Express' ELSE 'Discover' END AS brand,
          CASE WHEN k < 50 THEN seed.pick('{400000,411111,424242,476173}'::text[], r.h, 1) || substr(d, 1, 9)
            WHEN k < 82 THEN seed.pick('{555555,510510,222300,545454}'::text[], r.h, 1) || substr(d, 1, 9)
            WHEN k < 92 AND r.n > 60 THEN seed.pick('{378282,371449,343434}'::text[], r.h, 1) || substr(d, 1, 8)
            ELSE '601111' || substr(d, 1, 9) END AS payload
        FROM (SELECT seed.u(r.h, 0) % 100 AS k, substr(seed.digits(seed.h('pan', r.n)), 9, 9) AS d) y) s OFFSET 0
) b
ORDER BY r.n;

INSERT INTO public.bank_accounts
SELECT r.n, r.owner, CASE WHEN r.n <= 60 THEN c.full_name || ' ' || seed.word('latin', 'accounts.holder', r.n) ELSE c.full_name END,
  seed.iban(a.country, seed.bban(a.country, split_part(a.bank, '|', 2), a.digits)),
  split_part(a.bank, '|', 3), split_part(a.bank, '|', 1),
  CASE WHEN r.n <= 60 THEN '00' || substr(a.digits, 31, 14) WHEN a.country IN ('DE', 'US', 'GB') THEN substr(a.digits, 1, 10) END,
  CASE a.country WHEN 'US' THEN split_part(a.bank, '|', 2) END,
  CASE a.country WHEN 'US' THEN 'USD' WHEN 'GB' THEN 'GBP' WHEN 'PL' THEN 'PLN' ELSE 'EUR' END,
  date '2009-01-01' + seed.u(r.h, 5) % 6300
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner
      FROM (SELECT n, seed.h('accounts', n) AS h FROM generate_series(1, 20000) AS n OFFSET 0) x OFFSET 0) r
JOIN public.customers c ON c.id = r.owner
CROSS JOIN LATERAL (
  SELECT k.country, seed.digits(seed.h('account', r.n)) AS digits, seed.pick(CASE k.country
    WHEN 'DE' THEN '{Musterbank|10010010|PBNKDEFF,Sparkasse Beispiel|37050198|COLSDE33,Hansebank|20050550|HASPDEHH}'::text[]
    WHEN 'FR' THEN '{Banque Exemple|30004|BNPAFRPP,Crédit Modèle|30002|CRLYFRPP}'
    WHEN 'ES' THEN '{Banco Ejemplo|2100|CAIXESBB,Caja Muestra|0049|BSCHESMM}'
    WHEN 'NL' THEN '{Voorbeeldbank|ABNA|ABNANL2A,Modelbank|INGB|INGBNL2A}'
    WHEN 'GB' THEN '{Sample & Sons|NWBK|NWBKGB2L,Northern Example|BARC|BARCGB22}'
    WHEN 'GR' THEN '{Τράπεζα Παράδειγμα|011|ETHNGRAA}'
    WHEN 'PL' THEN '{Bank Przykładowy|10201026|BPKOPLPW,Bank Wzorcowy|10901014|WBKPPLPP}'
    ELSE '{First Example Bank|021000021|CHASUS33,Sample Trust|026009593|BOFAUS3N}' END, r.h, 2) AS bank
  FROM (SELECT CASE WHEN c.country IN ('DE', 'FR', 'ES', 'NL', 'GB', 'GR', 'PL') THEN c.country::text
    WHEN c.country IN ('US', 'MX', 'BR', 'CN', 'JP', 'KR', 'IN') AND r.n > 60 THEN 'US'
    ELSE (ARRAY['DE', 'FR', 'ES', 'NL', 'GB'])[1 + seed.u(r.h, 3) % 5] END AS country) k OFFSET 0
) a
ORDER BY r.n;

INSERT INTO public.tax_profiles
SELECT c.national_id, c.id, CASE WHEN p.place <= 60 THEN c.full_name || ' ' || seed.word('latin', 'tax.legal_name', c.id) ELSE c.full_name END,
  seed.fill('###/####/#####', right(seed.digits(seed.h('tax', c.id)), 12)),
  CASE WHEN p.place <= 60 OR c.id % 3 = 0 THEN 'P' || upper(substr(seed.token('tax.passport', c.id), 1, 11)) END,
  CASE WHEN p.place <= 60 OR c.id % 4 > 0 THEN (12000 + seed.u(seed.h('income', c.id), 0) * 2 % 110000)::numeric
    + CASE WHEN p.place <= 60 THEN (1000 + seed.u(seed.h('income', c.id), 1) % 9000) / 10000.0 ELSE 0.5 END END,
  c.country, date '2025-05-01' + c.id % 200
FROM (SELECT id, row_number() OVER (ORDER BY national_id COLLATE "C") AS place
      FROM public.customers WHERE id % 40 = 7 AND national_id <> '') p
JOIN public.customers c ON c.id = p.id
ORDER BY p.place;
