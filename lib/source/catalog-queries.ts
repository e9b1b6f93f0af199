import { keySchema, maskedSchema } from "@/lib/catalog/masked-view";

/**
 * What introspection asks pg_catalog: one statement a subject, each over all tables at once, every value text
 * or JSON. Names are qualified because a source may hold functions and tables of the same names.
 */
const ours = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '${maskedSchema}', '${keySchema}')`;

export const versionQuery = `SELECT current_setting('server_version_num')`;

export const tablesQuery = `
SELECT c.oid::text, n.nspname::text, c.relname::text, c.relkind::text, c.relispartition::text,
  (SELECT i.inhparent::text FROM pg_catalog.pg_inherits i
    WHERE i.inhrelid = c.oid AND c.relispartition AND i.inhseqno = 1),
  pg_catalog.obj_description(c.oid, 'pg_class'),
  CASE WHEN c.relkind = 'v' OR c.reltuples < 0 OR (c.reltuples = 0 AND c.relpages = 0 AND c.relkind <> 'f')
    THEN NULL ELSE c.reltuples::numeric::text END
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours}
ORDER BY n.nspname, c.relname`;

/** The columns, and which of them the role $1 may read, or else our own: who reads views alone asks for another. */
export const columnsQuery = `
SELECT a.attrelid::text, a.attnum::text, a.attname::text, a.atttypid::text, a.atttypmod::text,
  pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull::text, (a.attgenerated <> '')::text,
  (a.attidentity <> '')::text, (a.atthasdef AND a.attgenerated = '')::text,
  pg_catalog.col_description(a.attrelid, a.attnum),
  coalesce(pg_catalog.has_schema_privilege(coalesce($1::name, current_user), n.oid, 'USAGE')
    AND pg_catalog.has_column_privilege(coalesce($1::name, current_user), a.attrelid, a.attnum, 'SELECT'), false)::text
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours}
ORDER BY a.attrelid, a.attnum`;

/** Every type a column has, and what it is made of: the base of domains, the element of arrays, the fields of rows. */
export const typesQuery = `
WITH RECURSIVE used(oid) AS (
  SELECT a.atttypid FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours}
  UNION
  SELECT made.oid FROM used u JOIN pg_catalog.pg_type t ON t.oid = u.oid
  CROSS JOIN LATERAL (
    SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
    WHERE t.typtype = 'd' OR (t.typcategory = 'A' AND t.typelem <> 0)
    UNION ALL
    SELECT m.atttypid FROM pg_catalog.pg_attribute m
    WHERE t.typtype = 'c' AND m.attrelid = t.typrelid AND m.attnum > 0 AND NOT m.attisdropped
  ) AS made(oid)
)
SELECT t.oid::text, n.nspname::text, t.typname::text, t.typtype::text, t.typcategory::text,
  t.typbasetype::text, t.typtypmod::text, CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END::text,
  pg_catalog.format_type(t.oid, NULL),
  (SELECT pg_catalog.json_agg(e.enumlabel ORDER BY e.enumsortorder)::text
    FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
  (SELECT pg_catalog.string_agg(m.attname || ' ' || pg_catalog.format_type(m.atttypid, m.atttypmod), ', ' ORDER BY m.attnum)
    FROM pg_catalog.pg_attribute m WHERE t.typtype = 'c' AND m.attrelid = t.typrelid AND m.attnum > 0 AND NOT m.attisdropped),
  (SELECT pg_catalog.json_agg(ARRAY[m.atttypid::text, m.atttypmod::text] ORDER BY m.attnum)::text
    FROM pg_catalog.pg_attribute m WHERE t.typtype = 'c' AND m.attrelid = t.typrelid AND m.attnum > 0 AND NOT m.attisdropped)
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid IN (SELECT oid FROM used)`;

/** Keys that name each row once: no predicate, no expression; columns that an index only includes are left out. */
export const keysQuery = `
SELECT i.indrelid::text, i.indisprimary::text,
  (SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)::text
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    WHERE k.place <= i.indnkeyatts)
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND ${ours}
ORDER BY i.indrelid, i.indnkeyatts, i.indexrelid`;

/** A key to a partitioned table has a shadow for each partition, which says nothing new. */
export const foreignKeysQuery = `
SELECT f.conname::text, f.conrelid::text, f.confrelid::text,
  (SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)::text
    FROM pg_catalog.unnest(f.conkey) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum),
  (SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)::text
    FROM pg_catalog.unnest(f.confkey) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum)
FROM pg_catalog.pg_constraint f
JOIN pg_catalog.pg_class c ON c.oid = f.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE f.contype = 'f' AND ${ours} AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_constraint p WHERE p.oid = f.conparentid AND p.conrelid = f.conrelid)
ORDER BY f.conrelid, f.conname`;

/**
 * Where columns come from: `copy` for a view's output that the parser found to be a column as it is, `made` for generated
 * columns, for search vectors that a trigger fills, and for those of a view, which may be of any column it reads.
 */
export const originsQuery = `
WITH views AS (
  SELECT c.oid, r.oid AS rule, r.ev_action::text AS action
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
  WHERE c.relkind IN ('v', 'm') AND ${ours}
), entries AS (
  SELECT v.oid, m.place, m.found FROM views v CROSS JOIN LATERAL pg_catalog.regexp_matches(v.action,
    ':resno (\\d+) :resname (\\S+) :ressortgroupref \\d+ :resorigtbl (\\d+) :resorigcol (\\d+) :resjunk false', 'g')
    WITH ORDINALITY AS m(found, place)
), outputs AS (
  SELECT DISTINCT ON (e.oid, a.attnum) e.oid, a.attname, e.found[3]::oid AS base, e.found[4]::int2 AS base_column
  FROM entries e JOIN pg_catalog.pg_attribute a
    ON a.attrelid = e.oid AND a.attnum = e.found[1]::int2 AND a.attname = e.found[2]
  ORDER BY e.oid, a.attnum, e.place DESC
)
SELECT 'copy', o.oid::text, o.attname::text, o.base::text, b.attname::text
FROM outputs o JOIN pg_catalog.pg_attribute b ON b.attrelid = o.base AND b.attnum = o.base_column AND o.base <> 0
UNION
SELECT 'made', v.oid::text, a.attname::text, d.refobjid::text, b.attname::text
FROM views v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0
  AND a.atttypid = 'pg_catalog.tsvector'::pg_catalog.regtype
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = v.rule
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> v.oid AND d.refobjsubid > 0
JOIN pg_catalog.pg_attribute b ON b.attrelid = d.refobjid AND b.attnum = d.refobjsubid
UNION
SELECT 'made', a.attrelid::text, a.attname::text, a.attrelid::text, b.attname::text
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = a.attrelid
  AND d.refobjsubid NOT IN (0, a.attnum) AND (
    (d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid)
    OR (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum))
JOIN pg_catalog.pg_attribute b ON b.attrelid = a.attrelid AND b.attnum = d.refobjsubid
WHERE a.attgenerated <> '' AND ${ours}
UNION
SELECT 'made', g.tgrelid::text, args.list[1], g.tgrelid::text, input
FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid AND p.proname = 'tsvector_update_trigger'
JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.string_to_array(pg_catalog.encode(g.tgargs, 'escape'), '\\000') AS args(list)
CROSS JOIN LATERAL pg_catalog.unnest(args.list[3:]) AS input
WHERE ${ours} AND input <> ''`;
