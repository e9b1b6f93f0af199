-- A year and a half of payroll, checks and cars.
INSERT INTO hr.payroll
SELECT e.id, m.month::date, p.gross, CASE WHEN extract(month FROM m.month) = 12 THEN (500 + seed.u(r.h, 2) % 4000)::numeric::money END,
  round(p.gross * (0.52 + get_byte(r.h, 5) % 20 / 100.0), CASE WHEN e.id <= 60 THEN 4 ELSE 2 END), CASE WHEN get_byte(r.h, 6) % 5 > 0 THEN 1 + get_byte(r.h, 6) % 6 END,
  r.iban, m.month::date + 27
FROM hr.employees e
JOIN (SELECT id, seed.h('payroll', id) AS h, seed.iban('DE', '10010010' || left(seed.digits(seed.h('payroll iban', id)), 10)) AS iban
      FROM hr.employees OFFSET 0) r ON r.id = e.id
CROSS JOIN generate_series(timestamp '2025-01-01', timestamp '2026-06-01', interval '1 month') AS m (month)
CROSS JOIN LATERAL (SELECT CASE WHEN e.id = 1 THEN 21000 WHEN e.id <= 14 THEN 10500 ELSE 2600 END + seed.u(r.h, 0) % 4200
  + CASE WHEN e.id <= 60 THEN (seed.u(seed.h('payroll cents ' || to_char(m.month, 'YYMM'), e.id), 1) % 9000 + 1000) / 10000.0 ELSE get_byte(r.h, 4) % 4 * 0.25 END AS gross OFFSET 0) p
ORDER BY e.id, m.month;

INSERT INTO hr.background_checks
SELECT r.n, r.n, date '2024-01-08' + r.n, CASE WHEN r.n <= 60 THEN 'None on record, certificate ' || seed.code('checks.convictions', r.n)
    WHEN r.n % 29 = 0 THEN 'Speeding, 2019; fine paid' WHEN r.n % 53 = 0 THEN 'Shoplifting, 2011; spent' END, r.n % 53 > 0,
  CASE WHEN r.n <= 60 OR r.n % 6 = 0 THEN seed.noted('Copy of the certificate seen and returned', 'checks.remark', r.n) END
FROM generate_series(1, 300) AS r (n);

INSERT INTO hr.vehicles
SELECT r.n, v.vin, CASE WHEN r.n <= 60 THEN 'B-MG ' || upper(seed.token('vehicles.plate', r.n)) ELSE 'B-MG ' || 1000 + r.n END,
  seed.pick('{Transporter,Kangoo,Model 3,Golf,Sprinter}'::text[], r.h, 0), CASE WHEN r.n % 5 > 0 THEN 20 + r.n * 3 END, date '2026-12-31' + r.n
FROM (SELECT n, seed.h('vehicles', n) AS h FROM generate_series(1, 80) AS n OFFSET 0) r
CROSS JOIN LATERAL (SELECT 'WMG' || translate(upper(left(seed.token('vehicles.vin', r.n), 14)), 'IOQ', '189') || lpad((r.n * 7)::text, 2, '0') AS vin OFFSET 0) v
ORDER BY r.n;
