-- 14 departments and 600 employees; each but the first has a manager with a smaller number.
INSERT INTO hr.departments
SELECT i, name, 'CC-' || 1000 + i * 17
FROM unnest('{Board,Finance,People,Customer Care,Logistics,Engineering,Data,Marketing,Purchasing,Clinic Berlin,Clinic London,Clinic Lyon,Legal,Facilities}'::text[])
  WITH ORDINALITY AS u (name, i);

INSERT INTO hr.employees
SELECT r.n,
  CASE WHEN r.n = 1 THEN NULL WHEN r.n <= 13 THEN 1 ELSE 1 + seed.u(r.h, 0) % least(r.n - 1, 60) END,
  CASE WHEN r.n <= 14 THEN r.n ELSE 2 + seed.u(r.h, 1) % 13 END,
  'E-' || seed.fill('######-####', right(seed.digits(r.h), 10)),
  seed.named(p.given, l.script, 'employees.given', r.n), seed.named(p.family, l.script, 'employees.family', r.n),
  CASE WHEN r.n <= 60 THEN split_part(p.local, '.', 1) || '.' || seed.token('employees.email', r.n) ELSE p.local || r.n END || '@marigold.example',
  CASE WHEN r.n <= 60 OR seed.u(r.h, 7) % 3 > 0 THEN seed.email(p.local || '.' || to_char(p.born, 'YYYY'), 'employees.private_email', r.n) END,
  seed.phone(seed.pick(l.phones, r.h, 8), 'employees.phone', r.n),
  replace(seed.pick(l.streets, r.h, 9), '#', (1 + seed.u(r.h, 10) % 180)::text) || ', ' || split_part(seed.pick(l.cities, r.h, 10), '|', 1)
    || CASE WHEN r.n <= 60 THEN ', c/o ' || seed.word('latin', 'employees.home_address', r.n) ELSE '' END,
  p.born,
  (CASE WHEN p.is_female THEN 'female' ELSE 'male' END)::public.gender,
  CASE WHEN r.n = 1 THEN 'Chief Executive' WHEN r.n <= 14 THEN 'Head of Department' ELSE seed.pick('{Care Adviser,Nurse,Physician,Warehouse Associate,
    Software Engineer,Data Analyst,Accountant,Buyer,Team Lead,Pharmacist,Recruiter,Driver}'::text[], r.h, 11) END,
  seed.national_id(l.country, 60000 + r.n, p.born, p.is_female),
  CASE WHEN r.n <= 60 OR seed.u(r.h, 12) % 2 = 0 THEN 'C' || upper(substr(seed.token('employees.passport', r.n), 1, 11)) END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 13) % 3 > 0 THEN upper(seed.token('employees.driving', r.n)) END,
  seed.u(r.h, 12) % 40 = 0,
  CASE WHEN r.n <= 60 THEN 'Union of ' || seed.word('latin', 'employees.union', r.n)
    WHEN seed.u(r.h, 14) % 5 = 0 THEN seed.pick('{ver.di,Unite,CFDT,NGG,GMB}'::text[], r.h, 15) END,
  CASE WHEN r.n <= 60 OR seed.u(r.h, 15) % 3 = 0 THEN
    '\x89504e470d0a1a0a0000000d49484452'::bytea || seed.h('photo', r.n) || convert_to(' ' || seed.code('employees.photo', r.n) || ' ', 'UTF8') || seed.h('photo end', r.n) END,
  date '2012-03-01' + (seed.u(r.h, 4) % 4800), CASE WHEN r.n > 60 AND seed.u(r.h, 5) % 9 = 0 THEN date '2026-06-30' - seed.u(r.h, 6) % 400 END,
  seed.pick('{Berlin,London,Lyon,Utrecht,remote}'::text[], r.h, 1)
FROM (SELECT n, seed.h('employees', n) AS h FROM generate_series(1, 600) AS n OFFSET 0) r
JOIN seed.land l ON l.country = (ARRAY['DE', 'DE', 'GB', 'FR', 'NL', 'ES', 'PL', 'US', 'UA', 'TR', 'IN', 'SE'])[1 + seed.u(r.h, 0) % 12]
CROSS JOIN LATERAL (
  SELECT split_part(g.given, '/', 1) AS given, split_part(g.family, '/', 1) AS family, g.is_female,
    split_part(g.given, '/', 2) || '.' || split_part(g.family, '/', 2) AS local,
    date '1960-01-01' + (seed.u(r.h, 4) % 8000 + seed.u(r.h, 5) % 8000) AS born
  FROM (SELECT seed.pick(CASE WHEN get_byte(r.h, 2) < 128 THEN l.female ELSE l.male END, r.h, 2) AS given,
      seed.pick(l.family, r.h, 3) AS family, get_byte(r.h, 2) < 128 AS is_female OFFSET 0) g
  OFFSET 0
) p
ORDER BY r.n;
