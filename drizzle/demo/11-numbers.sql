-- Check digits: cards, accounts and identity numbers of the demo are valid, though they belong to nobody.

-- The sum of digit times weight.
CREATE FUNCTION seed.weighed(digits text, weights int[]) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT sum(w * (ascii(substr(digits, i::int, 1)) - 48))::int FROM unnest(weights) WITH ORDINALITY AS u (w, i) $$;

-- The Luhn check digit (ISO/IEC 7812-1, annex B) of a number without it.
CREATE FUNCTION seed.luhn(payload text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT ((10 - sum(CASE WHEN i % 2 = 1 THEN d * 2 - 9 * (d > 4)::int ELSE d END) % 10) % 10)::text
        FROM generate_series(1, length(payload)) AS i,
        LATERAL (SELECT ascii(substr(payload, length(payload) + 1 - i, 1)) - 48 AS d) x $$;

-- An IBAN (ISO 13616) from its country and domestic number.
CREATE FUNCTION seed.iban(country text, bban text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT country || lpad((98 - string_agg(CASE WHEN c ~ '[A-Z]' THEN (ascii(c) - 55)::text ELSE c END, '' ORDER BY i)::numeric % 97)::text, 2, '0') || bban
        FROM (SELECT i, substr(bban || country || '00', i, 1) AS c
              FROM generate_series(1, length(bban) + 4) AS i) x $$;

-- One of the two control digits of a Spanish account.
CREATE FUNCTION seed.es_digit(ten text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE r WHEN 11 THEN '0' WHEN 10 THEN '1' ELSE r::text END
        FROM (SELECT 11 - seed.weighed(ten, '{1,2,4,8,5,10,9,7,3,6}') % 11 AS r) x $$;

-- The domestic account number with its own check digits; null where the demo has no IBAN for a country.
CREATE FUNCTION seed.bban(country text, bank text, d text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE country
    WHEN 'DE' THEN bank || substr(d, 1, 10)
    WHEN 'FR' THEN bank || substr(d, 1, 16)
      || lpad((97 - (89 * bank::bigint + 15 * substr(d, 1, 5)::bigint + 3 * substr(d, 6, 11)::bigint) % 97)::text, 2, '0')
    WHEN 'ES' THEN bank || substr(d, 1, 4) || seed.es_digit('00' || bank || substr(d, 1, 4))
      || seed.es_digit(substr(d, 5, 10)) || substr(d, 5, 10)
    WHEN 'NL' THEN bank || substr(d, 1, 10)
    WHEN 'GB' THEN bank || substr(d, 1, 14)
    WHEN 'GR' THEN bank || substr(d, 1, 20)
    WHEN 'PL' THEN bank || substr(d, 1, 16)
  END $$;

-- The check digit of ISO/IEC 7064 MOD 11,10.
CREATE FUNCTION seed.mod11_10(digits text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE product int := 10; total int;
BEGIN
  FOR i IN 1..length(digits) LOOP
    total := (substr(digits, i, 1)::int + product) % 10;
    product := (2 * CASE total WHEN 0 THEN 10 ELSE total END) % 11;
  END LOOP;
  RETURN ((11 - product) % 10)::text;
END $$;

-- The identity number of a person in the shape of the country, with valid check digits where it has them.
CREATE FUNCTION seed.national_id(country text, n bigint, born date, female boolean) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE country
    WHEN 'US' THEN lpad((1 + s::int / 1000000 % 665)::text, 3, '0') || '-' || lpad((1 + s::int / 10000 % 99)::text, 2, '0') || '-' || right(s, 4)
    WHEN 'GB' THEN substr('ABCEGHJKLMNPRSTWXYZ', 1 + s::int % 19, 1) || substr('ABCEGHJKLMPRSTWXYZ', 1 + s::int / 19 % 18, 1)
      || right(s, 6) || substr('ABCD', 1 + s::int / 342 % 4, 1)
    WHEN 'DE' THEN '4' || s || '7' || seed.mod11_10('4' || s || '7')
    WHEN 'FR' THEN (SELECT p || lpad((97 - p::bigint % 97)::text, 2, '0')
      FROM (SELECT CASE WHEN female THEN '2' ELSE '1' END || to_char(born, 'YYMM') || lpad((1 + s::int % 95)::text, 2, '0') || right(s, 6) AS p) x)
    WHEN 'ES' THEN s || substr('TRWAGMYFPDXBNJZSQVHLCKE', 1 + s::int % 23, 1)
    WHEN 'NL' THEN (SELECT CASE WHEN r < 10 THEN s || r WHEN right(s, 1) = '9' THEN left(s, 7) || '88' ELSE left(s, 7) || (right(s, 1)::int + 1) || '1' END
      FROM (SELECT seed.weighed(s, '{9,8,7,6,5,4,3,2}') % 11 AS r) x)
    WHEN 'PL' THEN (SELECT p || (10 - seed.weighed(p, '{1,3,7,9,1,3,7,9,1,3}') % 10) % 10
      FROM (SELECT to_char(born, 'YY') || lpad((extract(month FROM born)::int + CASE WHEN born >= '2000-01-01' THEN 20 ELSE 0 END)::text, 2, '0')
        || to_char(born, 'DD') || substr(s, 1, 3) || (CASE WHEN female THEN 0 ELSE 1 END + 2 * (s::int % 5)) AS p) x)
    WHEN 'SE' THEN (SELECT left(p, 6) || '-' || right(p, 3) || seed.luhn(p) FROM (SELECT to_char(born, 'YYMMDD') || right(s, 3) AS p) x)
    WHEN 'BR' THEN (SELECT seed.fill('###.###.###-##', q || (10 * seed.weighed(q, '{11,10,9,8,7,6,5,4,3,2}') % 11) % 10)
      FROM (SELECT p || (10 * seed.weighed(p, '{10,9,8,7,6,5,4,3,2}') % 11) % 10 AS q FROM (SELECT s || '3' AS p) x) y)
    WHEN 'UA' THEN (SELECT p || ((seed.weighed(p, '{10,5,7,9,4,6,10,5,7}') % 11) % 10)
      FROM (SELECT lpad((born - date '1899-12-31')::text, 5, '0') || right(s, 4) AS p) x)
    WHEN 'GR' THEN (SELECT p || seed.luhn(p) FROM (SELECT to_char(born, 'DDMMYY') || right(s, 4) AS p) x)
    WHEN 'IL' THEN s || seed.luhn(s)
    WHEN 'CN' THEN (SELECT p || substr('10X98765432', 1 + seed.weighed(p, '{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}') % 11, 1)
      FROM (SELECT '310101' || to_char(born, 'YYYYMMDD') || right(s, 3) AS p) x)
    WHEN 'JP' THEN (SELECT p || CASE WHEN r <= 1 THEN 0 ELSE 11 - r END
      FROM (SELECT p, seed.weighed(p, '{6,5,4,3,2,7,6,5,4,3,2}') % 11 AS r FROM (SELECT '6' || s || '42' AS p) x) y)
    WHEN 'KR' THEN (SELECT left(p, 6) || '-' || right(p, 6) || (11 - seed.weighed(p, '{2,3,4,5,6,7,8,9,2,3,4,5}') % 11) % 10
      FROM (SELECT to_char(born, 'YYMMDD') || CASE WHEN born >= '2000-01-01' THEN 3 ELSE 1 END + female::int || right(s, 5) AS p) x)
    WHEN 'TR' THEN '4' || s || '06'
    ELSE to_char(born, 'YYMMDD') || '/' || s
  END FROM (SELECT seed.serial8(n) AS s) x $$;
