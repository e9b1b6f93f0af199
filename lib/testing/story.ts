import "server-only";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import type { Context } from "@/lib/auth/context";
import { addWholeSource } from "@/lib/catalog/scan-source";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { readTable } from "@/lib/catalog/read-table";
import { encodeHandle } from "@/lib/catalog/record-handle";
import type { CatalogTable } from "@/lib/catalog/table";
import type { Mask } from "@/lib/masking/mask";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Draft } from "@/lib/requests/draft";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { parseSourceUrl } from "@/lib/source/connection";
import { closeAllPools } from "@/lib/source/pool";
import { inGroup, signedIn, useControlDatabase, type Control } from "./control";
import { keepsPromises } from "./kept-promises";
import { emptySource, type TestDatabase } from "./database";

type Name = "ana" | "ben" | "max" | "noor" | "paul" | "vera" | "sam" | "pia" | "ivy" | "ada";

/** The people of the story, a source with one table of customers, and its columns by name. */
export type Story = Record<Name, Context> & {
  control: Control;
  source: TestDatabase;
  /** The owner's connection to the source. */
  sourceOwner: postgres.Sql;
  table: CatalogTable;
  column: (name: string) => string;
  draft: (change?: Partial<Draft>) => Draft;
};

export const jane = {
  email: "jane.unmistakable@example.test",
  phone: "+49 151 5550199",
  pan: "4111111111111111",
};
export const record = (id: number) => encodeHandle({ kind: "values", values: [String(id)] });

const masks: Record<string, [classId: string, mask: Mask]> = {
  id: ["none", { method: "clear" }],
  country: ["country_region", { method: "clear" }],
  email: ["email", { method: "partial", shape: "email" }],
  phone: ["phone", { method: "redact" }],
  pan: ["pan", { method: "partial", shape: "last", keep: 4 }],
  cvv: ["card_security", { method: "hidden" }],
};

/**
 * Gives a test file the people, a masked table of three customers, and drafts of requests for it. What deeds write to the
 * log has what is promised of it; a file with `ownEvents` writes events of its own making.
 */
export function useStory(
  through?: Parameters<typeof useControlDatabase>[0],
  { ownEvents = false } = {},
): Story {
  const control = useControlDatabase(through);
  const story = { control } as Story;
  if (!ownEvents) keepsPromises(control);
  beforeAll(async () => {
    await fillPeople(story);
    await fillSource(story);
    story.column = (name) => story.table.columns.find((column) => column.name === name)?.id ?? "";
    story.draft = (change = {}) => ({
      tableId: story.table.id,
      records: [record(1)],
      fields: [{ columnId: story.column("email"), level: "full" }],
      purpose: "customer-contact",
      reason: "Her parcel came back and she has to be told.",
      ticket: "T-1042",
      viewSeconds: 300,
      ...change,
    });
  });
  afterAll(async () => {
    await closeAllPools();
    await story.sourceOwner?.end({ timeout: 5 });
    await story.source?.drop();
  });
  return story;
}

async function fillPeople(story: Story): Promise<void> {
  const { control } = story;
  const idOf = (ctx: Context) => ctx.actor.personId;
  story.noor = await signedIn(control, { name: "Noor", roles: ["approver"] });
  story.max = await signedIn(control, {
    name: "Max",
    roles: ["agent", "approver"],
    managerId: idOf(story.noor),
  });
  story.ana = await signedIn(control, { name: "Ana", roles: ["agent"], managerId: idOf(story.max) });
  story.ben = await signedIn(control, { name: "Ben", roles: ["agent"], managerId: idOf(story.max) });
  story.paul = await signedIn(control, { name: "Paul", roles: ["approver"] });
  story.vera = await signedIn(control, { name: "Vera", roles: ["approver"] });
  await inGroup(control, "payments", story.paul);
  await inGroup(control, "privacy", story.vera);
  story.pia = await signedIn(control, { name: "Pia", roles: ["policy_admin"] });
  story.sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  story.ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
  story.ada = await signedIn(control, { name: "Ada", roles: ["admin"] });
}

async function fillSource(story: Story): Promise<void> {
  story.source = await emptySource();
  story.sourceOwner = postgres(story.source.ownerUrl, { max: 1, onnotice: () => {} });
  await story.sourceOwner.unsafe(`
    CREATE TABLE customers (id integer PRIMARY KEY, country text, email text, phone text, pan text, cvv text, note text);
    INSERT INTO customers VALUES (1, 'DE', '${jane.email}', '${jane.phone}', '${jane.pan}', '123', 'likes tea'),
      (2, 'FR', 'luc@example.test', NULL, '5555555555554444', '321', ''), (3, 'FR', '', '', NULL, NULL, NULL);`);
  const connection = parseSourceUrl(story.source.url);
  if (!connection.ok) throw new Error(connection.words);
  const added = await addWholeSource(story.sam, {
    name: "Marigold",
    slug: "marigold",
    connection: connection.parts,
  });
  const which = { source: "marigold", schema: "public", table: "customers" };
  const found = await readTable(story.sam, which, "catalog");
  const choices = found.columns.flatMap(({ id, name, version }) => {
    const [classId, mask] = masks[name] ?? [];
    return classId && mask ? [{ id, version, classId, mask }] : [];
  });
  await confirmColumns(story.sam, { sourceId: added.id, choices });
  story.table = await readTable(story.ana, { tableId: found.id });
}

/** A request of Ana's that Max has approved, and Paul of Payments where the policy wants two: the grant's id and the request. */
export async function approved(
  story: Story,
  change: Partial<Draft> = {},
): Promise<Submitted & { grantId: string }> {
  const submitted = await submitRequest(story.ana, story.draft(change));
  const { more } = await approveRequest(story.max, { requestId: submitted.id, version: 1, words: null });
  if (more) await approveRequest(story.paul, { requestId: submitted.id, version: 2, words: null });
  const [grant] = await story.control.owner<
    { id: string }[]
  >`SELECT id FROM grants WHERE request_id = ${submitted.id}`;
  return { ...submitted, grantId: grant!.id };
}

/** The codes of the events about a request, oldest first. */
export async function codesOf(story: Story, requestId: string): Promise<string[]> {
  const rows = await story.control.owner<{ code: string }[]>`
    SELECT code FROM audit_events WHERE request_id = ${requestId} ORDER BY seq`;
  return rows.map((row) => row.code);
}

/** How the log names a customer of the story. */
export async function refOf(story: Story, id: number): Promise<string | undefined> {
  const [row] = await story.control.owner<{ ref: string }[]>`
    SELECT ref FROM subject_keys WHERE table_id = ${story.table.id} AND handle = ${record(id)}`;
  return row?.ref;
}
