import postgres from "postgres";
import { pageGetter } from "./browse";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { submitRequest } from "@/lib/requests/submit-request";

const MANY = 10_000;
const FEW = 10;
const rounds = 120;
const warmUp = 25;

/** The inbox of somebody for whom 10,000 requests wait beside that of somebody for whom 10 of them do. */
export async function measureInbox(stack: BenchStack): Promise<Row[]> {
  const [max, noor] = [await stack.signIn("Max"), await stack.signIn("Noor")];
  const owner = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await fill(owner, await ask(stack, "Ana"), MANY);
    await fill(owner, await ask(stack, "Max"), FEW);
    await owner`ANALYZE requests`;
    const lines = (cookie: string, expected: number) => async () => {
      const html = await pageGetter(cookie)(`${stack.baseUrl}/inbox`);
      const shown = html.split('class="inbox-line"').length - 1;
      if (shown !== expected) throw new Error(`The inbox shows ${shown} requests.`);
    };
    const times = await timeSideBySide(
      { many: lines(max.cookie, 50), few: lines(noor.cookie, FEW) },
      { rounds, warmUp },
    );
    return [row("inbox.10k_vs_10", "ms", times.many, times.few, rounds)];
  } finally {
    await owner`UPDATE requests SET state = 'withdrawn' WHERE state = 'pending'`;
    await owner.end();
  }
}

/** Asks for a masked field of one record of the measured table. */
async function ask(stack: BenchStack, name: string): Promise<string> {
  const { ctx } = await stack.signIn(name);
  const { id: tableId, columns } = stack.masked;
  const column = columns.find(({ mask }) => mask.method !== "clear" && mask.method !== "hidden");
  if (!column) throw new Error("The measured table has no masked column.");
  const { id } = await submitRequest(ctx, {
    tableId,
    records: [encodeHandle({ kind: "values", values: ["1"] })],
    fields: [{ columnId: column.id, level: "full" }],
    purpose: "customer-contact",
    reason: "The inbox is measured with this.",
    ticket: null,
    viewSeconds: 300,
  });
  return id;
}

/** Makes so many of one request, each to expire a moment after the one before. */
async function fill(owner: postgres.Sql, id: string, count: number): Promise<void> {
  await owner`
    INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
      risk, risk_points, policy_version, rule, eligible_ids, signals, ruling, route, audience, channel, content_hash,
      created_at, expires_at)
    SELECT requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds, risk,
      risk_points, policy_version, rule, eligible_ids, signals, ruling, route, audience, channel, content_hash, created_at,
      expires_at + i * interval '1 millisecond'
    FROM requests, generate_series(1, ${count - 1}::integer) AS i WHERE id = ${id}`;
}
