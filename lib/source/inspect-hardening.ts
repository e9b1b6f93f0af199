import "server-only";
import { keySchema, maskedSchema } from "@/lib/catalog/masked-view";
import { SqlSink } from "@/lib/masking/sql";
import type { ConnectionParts } from "@/lib/source/connection";
import { SourceFailure } from "@/lib/source/failure";
import { knock } from "@/lib/source/knock";
import { openPool, type SourcePool } from "@/lib/source/pool";
import { runSelect, type TextRows } from "@/lib/source/run-select";

/** What a role may do in a source, as the server says. */
export type RoleFacts = {
  readonly user: string;
  /** `server_version_num`, such as 150004. */
  readonly version: number;
  readonly database: string;
  readonly searchPath: string;
  /** Its attributes that go further than to sign in: `SUPERUSER`, `BYPASSRLS` and the like. */
  readonly attributes: readonly string[];
  /** Roles whose rights it has or may take. */
  readonly memberOf: readonly string[];
  /** Relations outside of the views, ten at most, on which it has any right. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Functions that run with the rights of others, ten at most, which it may call. */
  readonly definers: readonly string[];
  /** Schemas in which it may make something. */
  readonly creates: readonly string[];
  readonly readsKeys: boolean;
};

/** A view as it stands in the source. */
export type ViewFacts = {
  readonly name: string;
  readonly isBarrier: boolean;
  readonly isSelectable: boolean;
  readonly comment: string;
  /** The hash of its definition as the server writes it now. */
  readonly definition: string;
};

export type HardeningFacts = { readonly role: RoleFacts; readonly views: readonly ViewFacts[] };

/** Looks at what a role may do, and at the views that it would read by; reads no row of any table. */
export async function inspectHardening(connection: ConnectionParts): Promise<HardeningFacts> {
  const cause = await knock(connection, 4_000);
  if (cause !== null) throw new SourceFailure("unreachable");
  const pool = openPool(connection, 1);
  try {
    const [role] = await ask(pool, roleQuery);
    const views = await ask(pool, viewsQuery);
    return { role: roleOf(role ?? []), views: views.map(viewOfRow) };
  } finally {
    void pool.end({ timeout: 1 }).catch(() => undefined);
  }
}

const ask = (pool: SourcePool, text: string): Promise<TextRows> =>
  runSelect(pool, new SqlSink().statement(text), { timeoutMs: 8_000 });

function roleOf(row: TextRows[number]): RoleFacts {
  const [user, version, database, searchPath, attributes, memberOf, reads, writes, definers, creates, keys] =
    row.map((text) => text ?? "");
  const list = (text: string | undefined) => JSON.parse(text || "[]") as string[];
  return {
    user: user ?? "",
    version: Number(version),
    database: database ?? "",
    searchPath: searchPath ?? "",
    attributes: list(attributes),
    memberOf: list(memberOf),
    reads: list(reads),
    writes: list(writes),
    definers: list(definers),
    creates: list(creates),
    readsKeys: keys === "true",
  };
}

function viewOfRow([name, isBarrier, isSelectable, comment, definition]: TextRows[number]): ViewFacts {
  return {
    name: name ?? "",
    isBarrier: isBarrier === "true",
    isSelectable: isSelectable === "true",
    comment: comment ?? "",
    definition: definition ?? "",
  };
}

const systemSchemas = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;
const firstTen = (select: string) =>
  `(SELECT coalesce(pg_catalog.json_agg(found.name), '[]')::text FROM (${select} ORDER BY 1 LIMIT 10) AS found)`;

/** Relations outside of the views on which the role has the rights, whether or not it may use their schema by itself. */
const relations = (rights: string) =>
  firstTen(`SELECT (n.nspname || '.' || c.relname)::text AS name
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${systemSchemas} AND n.nspname <> '${maskedSchema}'
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND (${rights})`);

const roleQuery = `
SELECT current_user::text, current_setting('server_version_num'), pg_catalog.current_database()::text,
  current_setting('search_path'),
  (SELECT pg_catalog.json_agg(a.name)::text FROM pg_catalog.pg_roles r CROSS JOIN LATERAL (VALUES
      ('SUPERUSER', r.rolsuper), ('BYPASSRLS', r.rolbypassrls), ('CREATEROLE', r.rolcreaterole),
      ('CREATEDB', r.rolcreatedb), ('REPLICATION', r.rolreplication)) AS a(name, has)
    WHERE r.rolname = current_user AND a.has),
  ${firstTen(`SELECT g.rolname::text AS name FROM pg_catalog.pg_roles g
    WHERE g.rolname <> current_user AND pg_catalog.pg_has_role(g.oid, 'MEMBER')`)},
  ${relations("pg_catalog.has_any_column_privilege(c.oid, 'SELECT')")},
  ${relations(`pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE')
    OR pg_catalog.has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER')`)},
  ${firstTen(`SELECT (n.nspname || '.' || p.proname)::text AS name
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND ${systemSchemas} AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')`)},
  ${firstTen(`SELECT n.nspname::text AS name FROM pg_catalog.pg_namespace n
    WHERE ${systemSchemas} AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')`)},
  (SELECT coalesce(pg_catalog.bool_or(pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')), false)::text
    FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
    WHERE n.nspname = '${keySchema}')`;

const viewsQuery = `
SELECT c.relname::text,
  (c.relkind = 'v' AND 'security_barrier=true' = ANY (coalesce(c.reloptions, '{}'))
    AND NOT 'security_invoker=true' = ANY (coalesce(c.reloptions, '{}')))::text,
  (pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))::text,
  pg_catalog.obj_description(c.oid, 'pg_class'), pg_catalog.md5(pg_catalog.pg_get_viewdef(c.oid))
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = '${maskedSchema}' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname`;
