import postgres from "postgres";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Context } from "@/lib/auth/context";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";

const rounds = 400;
const warmUp = 50;

/** Times a reveal of one field against the least that could be done by hand: one commit and one lookup by key. */
export async function measureReveal(stack: BenchStack): Promise<Row[]> {
  const [ana, max] = [await stack.signIn("Ana"), await stack.signIn("Max")];
  const grantId = await openGrant(stack, ana.ctx, max.ctx);
  const owner = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  const reader = postgres(stack.readerUrl, { max: 1 });
  try {
    await owner`CREATE TABLE bench_floor (at timestamptz NOT NULL, what text NOT NULL)`;
    const times = await timeSideBySide(
      {
        reveal: async () => {
          const { values } = await revealFields(ana.ctx, { grantId });
          if (!values[0]?.value?.includes("@")) throw new Error("The reveal shows no value.");
        },
        floor: async () => {
          await owner`INSERT INTO bench_floor VALUES (clock_timestamp(), 'Ana looks at an address')`;
          const [found] = await reader`SELECT email FROM records WHERE id = ${42}`;
          if (!String(found?.["email"]).includes("@")) throw new Error("The lookup finds no value.");
        },
      },
      { rounds, warmUp },
    );
    return [row("reveal.vs_floor", "ms", times.reveal, times.floor, rounds)];
  } finally {
    await Promise.all([owner.end({ timeout: 5 }), reader.end({ timeout: 5 })]);
  }
}

/** Asks for the e-mail address of one record of the measured table, approves it and opens it; the grant. */
export async function openGrant(
  { masked: table }: Pick<BenchStack, "masked">,
  ana: Context,
  max: Context,
  key = "42",
): Promise<string> {
  const email = table.columns.find((column) => column.name === "email");
  if (!email) throw new Error("The measured table has no email.");
  const { id, number } = await submitRequest(ana, {
    tableId: table.id,
    records: [encodeHandle({ kind: "values", values: [key] })],
    fields: [{ columnId: email.id, level: "full" }],
    purpose: "customer-contact",
    reason: "To measure how long a reveal takes.",
    ticket: null,
    viewSeconds: 1800,
  });
  await approveRequest(max, { requestId: id, version: 1, words: null });
  const grant = (await listLiveGrants(ana, { tableId: table.id })).find(
    ({ requestNumber }) => requestNumber === number,
  );
  if (!grant) throw new Error("The approval left no grant.");
  await activateGrant(ana, grant.id);
  return grant.id;
}
