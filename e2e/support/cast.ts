import type { Sql } from "postgres";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { builtActions } from "./build";
import { Client, form, returned, type Answer, type Argument } from "./client";
import { accountOf, type Name } from "./stack";
import type { Watch } from "./watch";

export type Cast = Record<"Ana" | "Max" | "Paul" | "Vera" | "Sam" | "Ivy", Client>;

/** The people of the story, signed in without a browser; all that they are answered is looked at. */
export async function castOf(watch: Watch): Promise<Cast> {
  const signIn = (name: Name) =>
    new Client((where, content) => watch.inspect(where, content)).signIn(accountOf(name));
  return {
    Ana: await signIn("Ana"),
    Max: await signIn("Max"),
    Paul: await signIn("Paul"),
    Vera: await signIn("Vera"),
    Sam: await signIn("Sam"),
    Ivy: await signIn("Ivy"),
  };
}

type Done = { ok: true; output: unknown } | { ok: false; what: string };

/** Calls an action by its name, `requests#reveal`, as the page would; gives what it returned. */
export async function callAction(client: Client, name: string, ...args: readonly Argument[]): Promise<Done> {
  return returned(await answerOf(client, name, ...args)) as Done;
}

export async function answerOf(client: Client, name: string, ...args: readonly Argument[]): Promise<Answer> {
  const [place, exported] = name.split("#");
  const action = builtActions().find((one) => one.name === `app/(console)/${place}/actions.ts#${exported}`);
  if (!action) throw new Error(`The build has no action ${name}.`);
  return client.call({ id: action.id, page: pageOf[place ?? ""] ?? `/${place}` }, args);
}

const pageOf: Record<string, string> = { requests: "/browse/marigold/public/customers" };

export type Asked = { tableId: string; records: string[]; fields: { columnId: string; level: "full" }[] };

/** Some fields of some customers, as a form would name them. */
export async function customerFields(
  control: Sql,
  ids: readonly string[],
  names: readonly string[],
): Promise<Asked> {
  const rows = await control<{ tableId: string; columnId: string; name: string }[]>`
    SELECT t.id AS "tableId", c.id AS "columnId", c.name FROM catalog_tables t
    JOIN sources s ON s.id = t.source_id AND s.slug = 'marigold' AND s.removed_at IS NULL
    JOIN catalog_columns c ON c.table_id = t.id
    WHERE t.schema = 'public' AND t.name = 'customers' AND c.name = ANY (${[...names]})`;
  return {
    tableId: rows[0]!.tableId,
    records: ids.map((id) => encodeHandle({ kind: "values", values: [id] })),
    fields: rows.map(({ columnId }) => ({ columnId, level: "full" })),
  };
}

export const draftOf = (asked: Asked) => ({
  ...asked,
  purpose: "customer-contact",
  reason: "Her parcel came back and she has to be told.",
  ticket: "T-1042",
  viewSeconds: 900,
});

export type Approved = { requestId: string; number: number; grantId: string };

/** Ana asks, and whoever the policy names approves, one after the other: a grant that has not been opened. */
export async function approvedGrant(cast: Cast, control: Sql, asked: Asked): Promise<Approved> {
  const sent = await callAction(cast.Ana, "requests#submit", draftOf(asked));
  if (!sent.ok) throw new Error(sent.what);
  const { number } = sent.output as { number: number };
  for (;;) {
    const [request] = await control<{ id: string; state: string; version: number; audience: string[] }[]>`
      SELECT id, state, version, audience FROM requests WHERE number = ${number}`;
    const { id: requestId, state, version, audience } = request!;
    if (state !== "pending") {
      const [grant] = await control<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${requestId}`;
      return { requestId, number, grantId: grant!.id };
    }
    const approve = { requestId, version, words: "" };
    const decided = await callAction(cast[approverOf(audience)], "inbox#approve", approve);
    if (!decided.ok) throw new Error(decided.what);
  }
}

/** Who has a seat in the step that waits. */
function approverOf(audience: readonly string[]): "Max" | "Paul" | "Vera" {
  if (audience.includes("group:payments")) return "Paul";
  return audience.includes("group:privacy") ? "Vera" : "Max";
}

/** Compares the catalogue with the source, as a steward does by pressing Rescan. */
export async function rescan({ Sam }: Cast, control: Sql): Promise<Answer> {
  const [source] = await control<{ id: string }[]>`
    SELECT id FROM sources WHERE slug = 'marigold' AND removed_at IS NULL`;
  return answerOf(Sam, "catalog#scan", null, form(["sourceId", source!.id]));
}
