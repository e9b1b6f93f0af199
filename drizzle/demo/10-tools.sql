-- Tools of the seeding, dropped when it ends. Every value of the demo comes from a keyed hash of its row
-- number: no clock, no random(), no locale. Works on PostgreSQL 13 and newer.
CREATE SCHEMA seed;

-- 32 bytes that depend on the arguments alone.
CREATE FUNCTION seed.h(salt text, n bigint) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT sha256(('marigold/1:' || salt || ':' || n::text)::bytea) $$;

-- The i-th (0 to 15) number below 65,536 of a hash.
CREATE FUNCTION seed.u(h bytea, i int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT get_byte(h, 2 * i) * 256 + get_byte(h, 2 * i + 1) $$;

CREATE FUNCTION seed.pick(list text[], h bytea, i int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT list[1 + (get_byte(h, 2 * i) * 256 + get_byte(h, 2 * i + 1)) % cardinality(list)] $$;

-- 64 decimal digits of a hash.
CREATE FUNCTION seed.digits(h bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT translate(encode(h, 'hex'), 'abcdef', '283946') $$;

-- A number that no other n below 100,000,000 has: multiplication is a bijection modulo a power of ten.
CREATE FUNCTION seed.serial8(n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT lpad(((n * 76543217 + 31415927) % 100000000)::text, 8, '0') $$;

-- Puts digits where the template has '#'.
CREATE FUNCTION seed.fill(template text, digits text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT format(replace(template, '#', '%s'), VARIADIC string_to_array(digits, NULL)) $$;

CREATE FUNCTION seed.plain(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT lower(translate(replace(replace(name, 'ß', 'ss'), 'æ', 'ae'),
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿĄąĆćČčĎďĘęĚěĞğİıŁłŃńŇňŘřŚśŞşŠšŤťŮůŹźŻżŽžĐđ ''-',
    'AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyyAaCcCcDdEeEeGgIiLlNnNnRrSsSsSsTtUuZzZzZzDd')) $$;

-- Canaries: rows up to 60 of every table carry values that occur nowhere else by chance.

-- Twelve characters of 31: 59 bits.
CREATE FUNCTION seed.token(salt text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT string_agg(substr('abcdefghjkmnpqrstuvwxyz23456789', 1 + get_byte(h, i) % 31, 1), '' ORDER BY i)
        FROM (SELECT seed.h('token ' || salt, n) AS h) x, generate_series(0, 11) AS i $$;

-- The same as people write it on paper: 7F3K-Q2MX-9TRW.
CREATE FUNCTION seed.code(salt text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT substr(t, 1, 4) || '-' || substr(t, 5, 4) || '-' || substr(t, 9, 4)
        FROM (SELECT upper(seed.token('code ' || salt, n)) AS t) x $$;

-- A remark that ends in a code on marked rows and is left as it is on the others.
CREATE FUNCTION seed.noted(remark text, salt text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN n <= 60 THEN coalesce(nullif(remark, ''), 'See file') || ' (ref ' || seed.code(salt, n) || ')'
        ELSE remark END $$;

CREATE TABLE seed.script (script text PRIMARY KEY, joiner text, heads text[], tails text[]);
INSERT INTO seed.script VALUES
  ('latin', '-', string_to_array('Ba Be Bo Da De Do Fa Fe Ga Go Ka Ke Ko La Le Lo Ma Me Mo Na Ne No Pa Pe Ra Re Ro Sa Se Ta Te To Va Ve Vo Za', ' '),
    string_to_array('ba be bi bo bu da de di do du fa fe fi fo ga ge gi go gu ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so ta te ti to tu va ve vi vo za ze zi zo', ' ')),
  ('cyrillic', '-', string_to_array('Ба Во Ге Да Зо Ка Ле Ми На По Ра Се То Фа', ' '),
    string_to_array('ба во ву га ге ду да зе зо ка ки ле ло ма ми му на ни но па по ра ре ри са се со та то ту фа фе хо ча ши', ' ')),
  ('greek', '-', string_to_array('Βα Γε Δα Ζω Θε Κα Λε Μι Να Πο Ρα Σε Τα Φα', ' '),
    string_to_array('βα βο γα γε δα δη δο ζω θε θα κα κι κο λε λα λο μα μι μο να νη νο πα πο ρα ρε ρι σα σε σο τα το φα φη χα', ' ')),
  ('arabic', ' ', string_to_array('با دا را سا شا كا لا ما نا ها', ' '),
    string_to_array('با بي بو دا دي دو را ري رو سا سي سو شا شي كا كي كو لا لي لو ما مي مو نا ني نو ها في فو قا قي تا تو', ' ')),
  ('hebrew', ' ', string_to_array('בא דו לי מא נו רא שי תא', ' '),
    string_to_array('בא בו בי גא גו דא דו די זא זו חא לי לא לו מא מו מי נא נו ני סא סו פא פו רא רו רי שא שי שו תא תו תי', ' ')),
  ('devanagari', ' ', string_to_array('का गो चा दे ना पा मी रा', ' '),
    string_to_array('का की को गा गो चा चे जा जो टा ता ती तो दा दे ना नी नो पा पी बा बो भा मा मी मो या रा री रो ला ली वा शा सा सी', ' ')),
  ('han', '', string_to_array('澄岚昀沅珩琬翊芷蔚衍', NULL),
    string_to_array('澄岚昀沅珩琬翊芷蔚衍璟晔彧霁熙瑄瑾煜钰铭锦颂骁鸿黛柠棠楠樾沐泓涵淇渝湛溪滢', NULL)),
  ('kana', '', string_to_array('蓮凪颯澪栞碧梓馨', NULL),
    string_to_array('あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ', NULL)),
  ('hangul', '', string_to_array('가나다라마바사아자하', NULL),
    string_to_array('가겸경고규균기나남누다단담도동라람래로록루리린마명모무미민바별봄빈사새서선설섬소솔수슬승', NULL));

-- An invented name of six syllables in a script: pronounceable, and found nowhere else.
CREATE FUNCTION seed.word(in_script text, salt text, n bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT seed.pick(s.heads, h, 0) || seed.pick(s.tails, h, 1) || seed.pick(s.tails, h, 2)
            || seed.pick(s.tails, h, 3) || seed.pick(s.tails, h, 4) || seed.pick(s.tails, h, 5)
        FROM seed.script s, (SELECT seed.h('word ' || salt, n) AS h) x WHERE s.script = in_script $$;

-- A name with such a word behind it on marked rows. (These come in two parts, so that the planner can inline the
-- one that is called for every row.)
CREATE FUNCTION seed.marked_name(name text, in_script text, salt text, n bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT name || (SELECT joiner FROM seed.script WHERE script = in_script) || seed.word(in_script, salt, n) $$;
CREATE FUNCTION seed.named(name text, in_script text, salt text, n bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN n <= 60 THEN seed.marked_name(name, in_script, salt, n) ELSE name END $$;

-- A telephone number. On marked rows an extension fills it up to the 15 digits of E.164.
CREATE FUNCTION seed.marked_phone(template text, salt text, n bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT seed.fill(template, d) || '-'
          || substr(d, 31, greatest(4, 15 - length(regexp_replace(replace(template, '#', '0'), '[^0-9]', '', 'g'))))
        FROM (SELECT seed.digits(seed.h('phone ' || salt, n)) AS d) x $$;
CREATE FUNCTION seed.phone(template text, salt text, n bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN n <= 60 THEN seed.marked_phone(template, salt, n)
          ELSE seed.fill(template, left(seed.digits(seed.h('phone ' || salt, n)), 8)) END $$;

CREATE FUNCTION seed.email(local text, salt text, n bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN n <= 60 THEN split_part(local, '.', 1) || '.' || seed.token(salt, n) ELSE local END
          || '@' || seed.pick('{example.com,example.org,example.net,mail.example.com,post.example.org,inbox.example.net}'::text[],
                              seed.h('domain ' || salt, n), 0) $$;

-- IPv6 from the documentation range on marked rows, IPv4 from the benchmark range on the others.
CREATE FUNCTION seed.marked_ip(salt text, n bigint) RETURNS inet LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT ('2001:db8:' || string_agg('1' || substr(encode(h, 'hex'), i * 3 + 1, 3), ':' ORDER BY i))::inet
        FROM (SELECT seed.h('ip ' || salt, n) AS h) x, generate_series(0, 5) AS i $$;
CREATE FUNCTION seed.ip(salt text, n bigint, h bytea) RETURNS inet LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN n <= 60 THEN seed.marked_ip(salt, n)
          ELSE ('198.' || 18 + get_byte(h, 20) % 2 || '.' || get_byte(h, 21) || '.' || 1 + get_byte(h, 22) % 254)::inet END $$;

-- The customer a row belongs to: the marked rows of every table belong to the marked customers.
CREATE FUNCTION seed.owner(n bigint, h bytea, people int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN n <= 60 THEN n::int ELSE 1 + (seed.u(h, 14) * 65536::bigint + seed.u(h, 15))::bigint % people END::int $$;
