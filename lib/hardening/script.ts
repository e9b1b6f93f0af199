import { createHash } from "node:crypto";
import { commentOf, keySchema, maskedSchema, maskedView } from "@/lib/catalog/masked-view";
import type { CatalogTable } from "@/lib/catalog/table";
import { literal, LiteralSink } from "@/lib/hardening/literal-sink";
import { compileView } from "@/lib/hardening/view-sql";
import { type MaskKeyring, type MaskKeys } from "@/lib/masking/keys";
import { quoteIdentifier, quoteQualified } from "@/lib/masking/sql";

/** The two roles of a source. Roles belong to a server, which may hold several sources. */
export function hardenedRoles(sourceId: string): { masked: string; reveal: string } {
  const short = sourceId.replaceAll("-", "").slice(0, 12);
  return { masked: `glimpse_masked_${short}`, reveal: `glimpse_reveal_${short}` };
}

/** The views of a hardened source by their names: what their comments begin with, and the tables that they are of. */
export type Expected = ReadonlyMap<string, { readonly comment: string; readonly table: string }>;

/** What a hardened source must hold, and the script that makes it. */
export type Hardening = { readonly script: string; readonly expected: Expected };

/** Keys in the script, or dots where they would be, for whoever looks at it. */
export type KeysShown = "keys" | "dots";

/**
 * The SQL that an owner of the tables runs in the source: keys, masked views and two roles, in one transaction. Run
 * again, it makes all of them anew.
 */
export function compileHardening(
  source: { id: string },
  tables: readonly CatalogTable[],
  keyring: MaskKeyring,
  shown: KeysShown,
): Hardening {
  const sink = new LiteralSink(keyring);
  const roles = hardenedRoles(source.id);
  const made = tables
    .filter(({ gone, readable }) => !gone && readable)
    .map((table) => ({ table, sql: compileView(table, sink), view: maskedView(table) }));
  const views = made.map(({ table, view, sql }) => ({
    name: view.name,
    table: `${table.schema}.${table.name}`,
    comment: `${commentOf(view.print)} ${hashOf(sql)}`,
  }));
  const parts = [
    opening,
    makeRoles(roles),
    makeSchemas,
    writeKeys(sink.keys, shown),
    dropViews,
    ...made.map(({ sql }) => sql),
    `SET LOCAL search_path = ${pinnedPath};`,
    ...views.map(comment),
    grantMasked(roles.masked),
    grantReveal(
      roles,
      made.map(({ table }) => table),
    ),
    "COMMIT;",
  ];
  return { script: `${parts.join("\n\n")}\n`, expected: new Map(views.map((view) => [view.name, view])) };
}

/** The path of both roles: they name a type as Glimpse has known it, and a function of the server as the server's. */
export const pinnedPath = "pg_catalog, public, pg_temp";

const hashOf = (sql: string) => createHash("sha256").update(sql).digest("hex").slice(0, 32);

const opening = `-- Made by Glimpse. Run it as the owner of the tables: psql --set ON_ERROR_STOP=1 --file=THIS_FILE
-- It changes no table. It holds the keys of the masks: delete the file afterwards.
-- Then give both roles a password: \\password is how psql sends it hashed.
BEGIN;
SET LOCAL standard_conforming_strings = on;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = warning;`;

function makeRoles(roles: { masked: string; reveal: string }): string {
  const make = (name: string) => `  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(name)}) THEN
    CREATE ROLE ${quoteIdentifier(name)} LOGIN NOINHERIT;
    ALTER ROLE ${quoteIdentifier(name)} SET search_path = ${pinnedPath};
    ALTER ROLE ${quoteIdentifier(name)} SET default_transaction_read_only = on;
  END IF;`;
  return `DO $roles$ BEGIN\n${make(roles.masked)}\n${make(roles.reveal)}\nEND $roles$;`;
}

/** Whoever had made these schemas before would own what is put into them. */
const makeSchemas = `DO $schemas$ BEGIN
  IF EXISTS (SELECT FROM pg_namespace WHERE nspname IN ('${keySchema}', '${maskedSchema}')
      AND NOT pg_has_role(current_user, nspowner, 'USAGE')) THEN
    RAISE EXCEPTION 'Somebody else owns the schema ${keySchema} or ${maskedSchema}.';
  END IF;
END $schemas$;
CREATE SCHEMA IF NOT EXISTS ${keySchema};
CREATE SCHEMA IF NOT EXISTS ${maskedSchema};
REVOKE ALL ON SCHEMA ${keySchema}, ${maskedSchema} FROM PUBLIC;`;

function writeKeys(keys: ReadonlyMap<string, MaskKeys>, shown: KeysShown): string {
  const bytes = (pad: Buffer) => (shown === "keys" ? `'\\x${pad.toString("hex")}'` : "'…'");
  const rows = [...keys].map(
    ([scope, { inner, outer }]) => `  (${literal(scope)}, ${bytes(inner)}, ${bytes(outer)})`,
  );
  const insert =
    rows.length === 0
      ? []
      : [`INSERT INTO ${keySchema}.mask_keys (scope, inner_pad, outer_pad) VALUES\n${rows.join(",\n")};`];
  return [
    `CREATE TABLE IF NOT EXISTS ${keySchema}.mask_keys (
  scope text PRIMARY KEY, inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);
REVOKE ALL ON ${keySchema}.mask_keys FROM PUBLIC;
DELETE FROM ${keySchema}.mask_keys;`,
    ...insert,
  ].join("\n");
}

const dropViews = `DO $drop$ DECLARE old record; BEGIN
  FOR old IN SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = '${maskedSchema}'::regnamespace LOOP
    EXECUTE format('DROP VIEW ${maskedSchema}.%I', old.relname);
  END LOOP;
END $drop$;`;

/** With the hash of the view as the server tells it, so that one that was changed by hand is known by its comment. */
function comment({ name, comment: text }: { name: string; comment: string }): string {
  const view = quoteQualified(maskedSchema, name);
  return `DO $comment$ BEGIN EXECUTE format('COMMENT ON VIEW ${view} IS %L',
  ${literal(`${text} `)} || md5(pg_get_viewdef(${literal(view)}::regclass))); END $comment$;`;
}

function grantMasked(masked: string): string {
  const role = quoteIdentifier(masked);
  return `GRANT USAGE ON SCHEMA ${maskedSchema} TO ${role};
GRANT SELECT ON ALL TABLES IN SCHEMA ${maskedSchema} TO ${role};`;
}

function grantReveal(
  { masked, reveal }: { masked: string; reveal: string },
  tables: readonly CatalogTable[],
): string {
  const [from, to] = [quoteIdentifier(masked), quoteIdentifier(reveal)];
  const schemas = [...new Set(tables.map(({ schema }) => schema))].map(
    (schema) => `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${to};`,
  );
  const grants = tables.map(({ schema, name }) => {
    const table = quoteQualified(schema, name);
    return `REVOKE ALL ON TABLE ${table} FROM ${from}; GRANT SELECT ON TABLE ${table} TO ${to};`;
  });
  return [...schemas, ...grants].join("\n");
}
