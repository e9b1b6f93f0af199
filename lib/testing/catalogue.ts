import "server-only";
import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/auth/context";
import type { AddedSource } from "@/lib/catalog/add-source";
import { addWholeSource } from "@/lib/catalog/scan-source";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { Mask } from "@/lib/masking/mask";
import { parseSourceUrl, type ConnectionParts } from "@/lib/source/connection";
import type { Control } from "./control";

/** The connection behind a URL that is known to be well formed. */
export function connectionOf(url: string): ConnectionParts {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  return parsed.parts;
}

/** A source of the catalogue, added as a steward would. */
export async function addedSource(steward: Context, name: string, url: string): Promise<AddedSource> {
  return addWholeSource(steward, { name, slug: "", connection: connectionOf(url) });
}

/** Confirms columns of a table as somebody chose, by name, and returns the table as it is then. */
export async function confirmed(
  steward: Context,
  which: { source: string; schema: string; table: string },
  chosen: Readonly<Record<string, readonly [classId: string, mask: Mask]>>,
): Promise<CatalogTable> {
  const table = await readTable(steward, which, "catalog");
  const choices = Object.entries(chosen).map(([name, [classId, mask]]) => {
    const column = table.columns.find((one) => one.name === name);
    if (!column) throw new Error(`No column ${name}.`);
    return { id: column.id, version: column.version, classId, mask };
  });
  await confirmColumns(steward, { sourceId: table.source.id, choices });
  return readTable(steward, which, "catalog");
}

/** A ready grant on some columns of a table, put there by hand: what a request and its approval leave. */
export async function handMadeGrant(
  control: Control,
  holder: Context,
  table: CatalogTable,
  names: readonly string[],
) {
  const fields = names.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (!column) throw new Error(`No column ${name}.`);
    const { id: columnId, typeName, classId } = column;
    return { columnId, column: name, typeName, classId: classId ?? "none", sensitivity: 2, level: "full" };
  });
  const { owner } = control;
  const personId = holder.actor.personId;
  const [request] = await owner<{ id: string }[]>`
    INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason,
      view_seconds, risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash, state, created_at,
      expires_at)
    VALUES (${personId}, '{agent}', ${table.source.id}, ${table.id}, '{WyIxIl0}', ${owner.json(fields)},
      'customer-contact', 'to call the customer back', 300, '{}', 0, 1, 'manager', ARRAY[${randomUUID()}::uuid],
      'console', '\\x00', 'approved', clock_timestamp(), clock_timestamp() + interval '1 day') RETURNING id`;
  const [grant] = await owner<{ id: string }[]>`
    INSERT INTO grants (request_id, holder_id, source_id, table_id, records, fields, view_seconds, activate_by,
      decided_hash, policy_version, created_at)
    VALUES (${request!.id}, ${personId}, ${table.source.id}, ${table.id}, '{WyIxIl0}', ${owner.json(fields)}, 300,
      clock_timestamp() + interval '1 hour', '\\x00', 1, clock_timestamp()) RETURNING id`;
  return grant!.id;
}
