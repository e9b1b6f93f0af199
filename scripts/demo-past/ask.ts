import "server-only";
import { and, eq } from "drizzle-orm";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askToSign } from "@/lib/approvals/ask-to-sign";
import { readTable } from "@/lib/catalog/read-table";
import { encodeHandle } from "@/lib/catalog/record-handle";
import type { CatalogTable } from "@/lib/catalog/table";
import { grants, requests } from "@/lib/db/schema/requests";
import type { Purpose } from "@/lib/requests/request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import type { Authenticator } from "@/lib/testing/authenticator";
import type { Cast, Name } from "./cast";

/** What somebody asks for: fields of records of a table of the demo source, by the text of their keys. */
export type Wish = {
  table: `${string}.${string}`;
  keys: readonly number[];
  fields: readonly string[];
  purpose: Purpose;
  reason: string;
  ticket?: string;
  viewSeconds?: number;
};

/** Where a request stands: its state, and the version that a vote has to name. */
export type Standing = { requestId: string; state: string; version: number };

/** The name of a record of a table whose key is one number. */
export const keyed = (key: number): string => encodeHandle({ kind: "values", values: [String(key)] });

/** A table of the demo source, and the ids of its columns. */
export async function tableOf(
  cast: Cast,
  named: Wish["table"],
): Promise<CatalogTable & { idOf: (column: string) => string }> {
  const [schema = "", table = ""] = named.split(".");
  const found = await readTable(await cast.as("Ben"), { source: "marigold", schema, table });
  const idOf = (column: string) => {
    const id = found.columns.find(({ name }) => name === column)?.id;
    if (id === undefined) throw new Error(`${named} has no column ${column}.`);
    return id;
  };
  return { ...found, idOf };
}

/** Sends a request; what its rule says of it depends on the hour too, so that nothing is assumed of its state. */
export async function ask(cast: Cast, name: Name, wish: Wish): Promise<string> {
  const { keys, fields, viewSeconds = 300, ticket = null, ...draft } = wish;
  const table = await tableOf(cast, wish.table);
  const { id } = await submitRequest(await cast.as(name), {
    ...{ tableId: table.id, records: keys.map(keyed), viewSeconds, ticket },
    ...{ purpose: draft.purpose, reason: draft.reason },
    fields: fields.map((field) => ({ columnId: table.idOf(field), level: "full" as const })),
  });
  return id;
}

/** Where a request stands now. */
export async function standingOf(cast: Cast, requestId: string): Promise<Standing> {
  const { db } = await cast.as("Ben");
  const [row] = await db
    .select({ state: requests.state, version: requests.version })
    .from(requests)
    .where(eq(requests.id, requestId));
  if (!row) throw new Error("A request of the demo was not found.");
  return { requestId, ...row };
}

/** Somebody approves a request as it was asked, signed by their passkey where they have one; nothing where it waits for nobody. */
export async function approve(
  cast: Cast,
  name: Name,
  requestId: string,
  { words = null, key }: { words?: string | null; key?: Authenticator } = {},
): Promise<void> {
  const { state, version } = await standingOf(cast, requestId);
  if (state !== "pending") return;
  const ctx = await cast.as(name);
  const vote = { requestId, version, words };
  await approveRequest(ctx, key ? { ...vote, assertion: key.sign(await askToSign(ctx, vote)) } : vote);
}

/** Opens what was granted and looks at it; the values go nowhere. Gives the id of the grant. */
export async function open(cast: Cast, name: Name, requestId: string): Promise<string> {
  const ctx = await cast.as(name);
  const [grant] = await ctx.db
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.requestId, requestId), eq(grants.holderId, ctx.actor.personId)));
  if (!grant) throw new Error("A request of the demo has left no grant.");
  await activateGrant(ctx, grant.id);
  await revealFields(ctx, { grantId: grant.id });
  return grant.id;
}
