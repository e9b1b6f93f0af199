import type postgres from "postgres";
import type { BenchStack } from "./stack";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { submitRequest } from "@/lib/requests/submit-request";

/** Asks for a masked field of one record of the measured table. */
export async function ask(stack: BenchStack, name: string): Promise<string> {
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
export async function fill(owner: postgres.Sql, id: string, count: number): Promise<void> {
  await owner`
    INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
      risk, risk_points, policy_version, rule, eligible_ids, signals, ruling, route, audience, channel, content_hash,
      created_at, expires_at)
    SELECT requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds, risk,
      risk_points, policy_version, rule, eligible_ids, signals, ruling, route, audience, channel, content_hash, created_at,
      expires_at + i * interval '1 millisecond'
    FROM requests, generate_series(1, ${count - 1}::integer) AS i WHERE id = ${id}`;
}
