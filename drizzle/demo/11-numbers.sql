-- Check digits: cards, accounts and identity numbers of the demo are valid, though they belong to nobody.

-- The sum of digit times weight.
CREATE FUNCTION seed.weighed(digits text, weights int[]) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT sum(w * (ascii(substr(digits, i::int, 1)) - 48))::int FROM unnest(weights) WITH ORDINALITY AS u (w, i) $$;

-- The Luhn check digit (ISO/IEC 7812-1, annex B) of up to 18 digits: every second digit counts twice, less nine if that
-- has two digits. Written out, because it runs for every card and device.
CREATE FUNCTION seed.luhn(q bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT ((10 - (
            get_byte(q, 0) - 48 + get_byte('\x00020406080103050709', get_byte(q, 1) - 48)
          + get_byte(q, 2) - 48 + get_byte('\x00020406080103050709', get_byte(q, 3) - 48)
          + get_byte(q, 4) - 48 + get_byte('\x00020406080103050709', get_byte(q, 5) - 48)
          + get_byte(q, 6) - 48 + get_byte('\x00020406080103050709', get_byte(q, 7) - 48)
          + get_byte(q, 8) - 48 + get_byte('\x00020406080103050709', get_byte(q, 9) - 48)
          + get_byte(q, 10) - 48 + get_byte('\x00020406080103050709', get_byte(q, 11) - 48)
          + get_byte(q, 12) - 48 + get_byte('\x00020406080103050709', get_byte(q, 13) - 48)
          + get_byte(q, 14) - 48 + get_byte('\x00020406080103050709', get_byte(q, 15) - 48)
          + get_byte(q, 16) - 48 + get_byte('\x00020406080103050709', get_byte(q, 17) - 48)
        ) % 10) % 10)::text $$;
CREATE FUNCTION seed.luhn(payload text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT seed.luhn(lpad(payload, 18, '0')::bytea) $$;

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
-- PL/pgSQL, because it prepares only the branch that is taken.
CREATE FUNCTION seed.national_id(country text, n bigint, born date, female boolean) RETURNS text
  LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  s text := seed.serial8(n);
  k int := s::int;
  d text := to_char(born, 'YYMMDD');
  p text;
  r int;
BEGIN
  CASE country
  WHEN 'US' THEN
    RETURN lpad((1 + k / 1000000 % 665)::text, 3, '0') || '-' || lpad((1 + k / 10000 % 99)::text, 2, '0') || '-' || right(s, 4);
  WHEN 'GB' THEN
    RETURN substr('ABCEGHJKLMNPRSTWXYZ', 1 + k % 19, 1) || substr('ABCEGHJKLMPRSTWXYZ', 1 + k / 19 % 18, 1)
      || right(s, 6) || substr('ABCD', 1 + k / 342 % 4, 1);
  WHEN 'DE' THEN
    RETURN '4' || s || '7' || seed.mod11_10('4' || s || '7');
  WHEN 'FR' THEN
    p := CASE WHEN female THEN '2' ELSE '1' END || left(d, 4) || lpad((1 + k % 95)::text, 2, '0') || right(s, 6);
    RETURN p || lpad((97 - p::bigint % 97)::text, 2, '0');
  WHEN 'ES' THEN
    RETURN s || substr('TRWAGMYFPDXBNJZSQVHLCKE', 1 + k % 23, 1);
  WHEN 'NL' THEN
    r := seed.weighed(s, '{9,8,7,6,5,4,3,2}') % 11;
    -- A remainder of ten has no digit: the eighth digit, of weight two, moves by one.
    RETURN CASE WHEN r < 10 THEN s || r WHEN right(s, 1) = '9' THEN left(s, 7) || '88' ELSE left(s, 7) || (right(s, 1)::int + 1) || '1' END;
  WHEN 'PL' THEN
    p := left(d, 2) || lpad((substr(d, 3, 2)::int + CASE WHEN born >= '2000-01-01' THEN 20 ELSE 0 END)::text, 2, '0') || right(d, 2)
      || left(s, 3) || CASE WHEN female THEN 0 ELSE 1 END + 2 * (k % 5);
    RETURN p || (10 - seed.weighed(p, '{1,3,7,9,1,3,7,9,1,3}') % 10) % 10;
  WHEN 'SE' THEN
    RETURN d || '-' || right(s, 3) || seed.luhn(d || right(s, 3));
  WHEN 'BR' THEN
    p := s || '3';
    p := p || (10 * seed.weighed(p, '{10,9,8,7,6,5,4,3,2}') % 11) % 10;
    RETURN seed.fill('###.###.###-##', p || (10 * seed.weighed(p, '{11,10,9,8,7,6,5,4,3,2}') % 11) % 10);
  WHEN 'UA' THEN
    p := lpad((born - date '1899-12-31')::text, 5, '0') || right(s, 4);
    RETURN p || seed.weighed(p, '{10,5,7,9,4,6,10,5,7}') % 11 % 10;
  WHEN 'GR' THEN
    p := to_char(born, 'DDMMYY') || right(s, 4);
    RETURN p || seed.luhn(p);
  WHEN 'IL' THEN
    RETURN s || seed.luhn(s);
  WHEN 'CN' THEN
    p := '310101' || to_char(born, 'YYYYMMDD') || right(s, 3);
    RETURN p || substr('10X98765432', 1 + seed.weighed(p, '{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}') % 11, 1);
  WHEN 'JP' THEN
    p := '6' || s || '42';
    r := seed.weighed(p, '{6,5,4,3,2,7,6,5,4,3,2}') % 11;
    RETURN p || CASE WHEN r <= 1 THEN 0 ELSE 11 - r END;
  WHEN 'KR' THEN
    p := d || CASE WHEN born >= '2000-01-01' THEN 3 ELSE 1 END + female::int || right(s, 5);
    RETURN left(p, 6) || '-' || right(p, 6) || (11 - seed.weighed(p, '{2,3,4,5,6,7,8,9,2,3,4,5}') % 11) % 10;
  WHEN 'TR' THEN
    RETURN '4' || s || '06';
  ELSE
    RETURN d || '/' || s;
  END CASE;
END $$;
