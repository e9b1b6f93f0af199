import canonicalize from "canonicalize";
import { eventCodes } from "@/lib/audit/codes";
import type { AuditEvent } from "@/lib/audit/event";

/** Who acted, from where, at what place in the log and when (microseconds since 1970, database clock). */
export type EntryFrame = {
  seq: number;
  occurredUs: number;
  actor: { kind: string; id: string | null; name: string; roles: readonly string[] };
  session: string | null;
  channel: string;
  ip: string | null;
};

/** The bytes of a leaf, as text: RFC 8785 canonical JSON of the event in its frame. */
export function canonicalEntry(frame: EntryFrame, event: AuditEvent): string {
  const [outcome] = eventCodes[event.code];
  const text = canonicalize({ v: 1, outcome, ...withoutUndefined(event), ...frame });
  if (text === undefined) throw new Error("An audit event could not be written as JSON.");
  return text;
}

function withoutUndefined<T extends object>(event: T): Partial<T> {
  return JSON.parse(JSON.stringify(event)) as Partial<T>;
}
