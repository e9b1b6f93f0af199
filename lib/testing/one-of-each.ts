import "server-only";
import { eventCodes, type EventCode } from "@/lib/audit/codes";
import type { AuditEvent } from "@/lib/audit/event";
import type { SubjectRef } from "@/lib/audit/subject-ref";

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

/** One event of every code, each with every field that an event can have. */
export function oneOfEach(): AuditEvent[] {
  return (Object.keys(eventCodes) as EventCode[]).map((code, at) => ({
    code,
    resource: {
      sourceId: id(1),
      source: "Shop",
      tableId: id(2),
      table: "public.customers",
      records: [`s_${"5f".repeat(32)}` as SubjectRef],
      recordCount: 1,
      fields: ["email"],
      classes: ["contact.email"],
      levels: ["full"],
    },
    requestId: id(3),
    requestNumber: 7 + at,
    grantId: id(4),
    subject: { id: id(5), name: "Sam" },
    approvers: [{ id: id(6), name: "Max" }],
    purpose: "support",
    reason: 'A customer called about an order: “späte” \\ "Lieferung"',
    ticket: "T-1042",
    policyVersion: 3,
    details: { why: "because", tries: 2, kept: true, names: ["a", "b"] },
  }));
}

/** Where every single value of an entry stands: the names and places that lead to it. */
export function pathsOf(value: unknown): (string | number)[][] {
  if (value === null || typeof value !== "object") return [[]];
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return members.flatMap(([name, inner]) => pathsOf(inner).map((rest) => [name, ...rest]));
}

/** The same with another value at a path. */
export function withAnother(value: unknown, path: readonly (string | number)[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return another(value);
  if (Array.isArray(value))
    return (value as unknown[]).with(Number(name), withAnother(value[Number(name)], rest));
  const members = value as Record<string, unknown>;
  return { ...members, [name]: withAnother(members[name], rest) };
}

function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value !== "string") return "somebody";
  // An id stays one, so that the database takes it.
  return /^[0-9a-f-]{36}$/.test(value)
    ? value.replace(/^./, (digit) => (digit === "9" ? "8" : "9"))
    : `${value}!`;
}
