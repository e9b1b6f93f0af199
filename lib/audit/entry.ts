import canonicalize from "canonicalize";
import { boundedEvent } from "@/lib/audit/bounded-event";
import { eventCodes } from "@/lib/audit/codes";
import type { AuditEvent, EventResource } from "@/lib/audit/event";
import { longestEntry } from "@/lib/audit/tile";

/** Who acted, from where, at what place in the log and when (microseconds since 1970, database clock). */
export type EntryFrame = {
  seq: number;
  occurredUs: number;
  actor: { kind: string; id: string | null; name: string; roles: readonly string[] };
  session: string | null;
  channel: string;
  ip: string | null;
  /** What sent it in words of ours, the number of the web request, and which instance wrote it: not in older entries. */
  device?: string | null;
  webRequest?: string | null;
  writer?: { instance: string; version: string };
};

/** Who acted and from where; place and time are the database's to give. */
export type EntryContext = Omit<EntryFrame, "seq" | "occurredUs">;

/** An entry of the log as it was written: the event in its frame. Before there were references, records were handles. */
export type AuditEntry = EntryFrame &
  Omit<AuditEvent, "resource"> & {
    v: number;
    outcome: "success" | "refused" | "failure";
    resource?: Omit<EventResource, "records"> & { records?: readonly string[] };
  };

/**
 * The bytes of a leaf in three parts, for the database to put the time between the first two and the number between
 * the last two. RFC 8785 sorts members by name, so each part is whole members. Together they are no longer than a bundle
 * of entries can hold.
 */
export function entryParts(context: EntryContext, event: AuditEvent): [string, string, string] {
  // Names of members, outcome, time and number take less than the rest of it.
  const most = longestEntry - Buffer.byteLength(JSON.stringify(context)) - 200;
  const members: Record<string, unknown> = { ...memberOf(boundedEvent(event, most)), ...context };
  const part = (belongs: (name: string) => boolean) => {
    const text = canonicalize(Object.fromEntries(Object.entries(members).filter(([name]) => belongs(name))));
    if (text === undefined) throw new Error("An audit event could not be written as JSON.");
    return text.slice(1, -1);
  };
  const beforeTime = part((name) => name < "occurredUs");
  const beforeSeq = part((name) => name > "occurredUs" && name < "seq");
  const afterSeq = part((name) => name > "seq");
  return [`{${beforeTime},"occurredUs":`, `,${beforeSeq},"seq":`, `,${afterSeq}}`];
}

/** The bytes of a leaf, as text: RFC 8785 canonical JSON of the event in its frame. */
export function canonicalEntry(frame: EntryFrame, event: AuditEvent): string {
  const text = canonicalize({ ...memberOf(event), ...frame });
  if (text === undefined) throw new Error("An audit event could not be written as JSON.");
  return text;
}

function memberOf(event: AuditEvent): Record<string, unknown> {
  const [outcome] = eventCodes[event.code];
  return { v: 1, outcome, ...withPlainIds(withoutUndefined(event)) };
}

/** Ids as the columns beside the entry show them, in small letters, in whatever letters somebody sent them. */
function withPlainIds(event: Partial<AuditEvent>): Partial<AuditEvent> {
  const { requestId, grantId, resource } = event;
  const { sourceId, tableId } = resource ?? {};
  return {
    ...event,
    ...(requestId === undefined ? {} : { requestId: requestId.toLowerCase() }),
    ...(grantId === undefined ? {} : { grantId: grantId.toLowerCase() }),
    ...(resource === undefined
      ? {}
      : {
          resource: {
            ...resource,
            ...(sourceId === undefined ? {} : { sourceId: sourceId.toLowerCase() }),
            ...(tableId === undefined ? {} : { tableId: tableId.toLowerCase() }),
          },
        }),
  };
}

function withoutUndefined<T extends object>(event: T): Partial<T> {
  return JSON.parse(JSON.stringify(event)) as Partial<T>;
}

/** Reads the canonical JSON of an entry. */
export function parseEntry(text: string): AuditEntry {
  return JSON.parse(text) as AuditEntry;
}
