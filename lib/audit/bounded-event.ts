import type { AuditEvent } from "@/lib/audit/event";

/** How many bytes a value takes as JSON, in UTF-8. */
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? "");

/** Lists keep at most so many items, and texts so many characters: the first pair with which an event fits is taken. */
const limits: readonly (readonly [items: number, characters: number])[] = [
  [1_000, 4_000],
  [200, 2_000],
  [50, 500],
  [10, 100],
  // An id has 36: one that is cut is none.
  [2, 36],
];

/**
 * The event in at most so many bytes of JSON, as an entry bundle of C2SP tlog-tiles can hold it. What is too long is cut,
 * with a last item that says how many there were more; references of records are cut last of all, since they say whom an
 * event is about, and their count stays.
 */
export function boundedEvent(event: AuditEvent, mostBytes: number): AuditEvent {
  if (bytesOf(event) <= mostBytes) return event;
  for (const keepsRecords of [true, false])
    for (const [items, characters] of limits) {
      const cut = cutEvent(event, items, characters, keepsRecords);
      if (bytesOf(cut) <= mostBytes) return cut;
    }
  // Even names that nobody chooses are too long: that it happened, and by whose request, still stands.
  const { code, requestId, requestNumber, grantId } = event;
  return JSON.parse(
    JSON.stringify({ code, requestId, requestNumber, grantId, details: { cut: true } }),
  ) as AuditEvent;
}

function cutEvent(event: AuditEvent, items: number, characters: number, keepsRecords: boolean): AuditEvent {
  const { resource, approvers, details, ...rest } = event;
  const texts = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === "code" ? value : cutValue(value, items, characters),
    ]),
  ) as Omit<AuditEvent, "resource" | "approvers" | "details">;
  const records = resource?.records;
  return {
    ...texts,
    ...(resource === undefined
      ? {}
      : {
          resource: {
            ...(cutValue({ ...resource, records: undefined }, items, characters) as typeof resource),
            ...(records === undefined ? {} : { records: keepsRecords ? records : records.slice(0, items) }),
            ...(records === undefined ? {} : { recordCount: resource.recordCount ?? records.length }),
          },
        }),
    ...(approvers === undefined
      ? {}
      : { approvers: cutValue(approvers.slice(0, items), items, characters) as typeof approvers }),
    details: {
      ...(cutValue(firstOf(details ?? {}, items), items, characters) as NonNullable<typeof details>),
      cut: true,
    },
  };
}

function firstOf<T>(members: Readonly<Record<string, T>>, items: number): Record<string, T> {
  return Object.fromEntries(Object.entries(members).slice(0, items));
}

function cutValue(value: unknown, items: number, characters: number): unknown {
  if (typeof value === "string") {
    if (value.length <= characters) return value;
    // No half of a character at the end.
    return `${value.slice(0, characters).replace(/[\ud800-\udbff]$/, "")}…`;
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, items).map((item) => cutValue(item, items, characters));
    const more = value.length - kept.length;
    return more > 0 ? [...kept, `… and ${more} more`] : kept;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, cutValue(inner, items, characters)]),
  );
}
