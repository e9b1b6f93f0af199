import { z } from "zod";
import { eventCodes, type EventCode } from "@/lib/audit/codes";
import { idInput } from "@/lib/id-input";

/** Groups of codes that people filter by, in the order of the story. */
export const codeGroups = {
  reveals: { title: "Reveals", prefix: ["reveal."] },
  requests: { title: "Requests", prefix: ["request.", "comment."] },
  decisions: {
    title: "Decisions",
    prefix: ["request.approved", "request.narrowed", "request.denied", "decision."],
  },
  grants: { title: "Grants", prefix: ["grant."] },
  emergencies: { title: "Emergencies and stops", prefix: ["emergency.", "review.", "stop."] },
  browsing: { title: "Browsing and views", prefix: ["browse.", "view."] },
  lookups: { title: "Lookups and comparisons", prefix: ["lookup.", "field_check."] },
  "sign-in": { title: "Sign-in", prefix: ["auth.", "passkey."] },
  people: {
    title: "People and substitutes",
    prefix: ["person.", "group.", "owners.", "delegation.", "mail.", "campaign."],
  },
  policies: { title: "Policies", prefix: ["policy."] },
  catalogue: { title: "Sources, catalogue and classes", prefix: ["source.", "catalog.", "class."] },
  anomalies: { title: "Anomalies", prefix: ["case."] },
  erasures: { title: "Erasures", prefix: ["erasure."] },
  log: { title: "The log itself", prefix: ["audit.", "retention.", "hold."] },
  reports: { title: "Reports and downloads", prefix: ["report.", "download."] },
  refusals: { title: "Refused and failed pages and actions", prefix: ["access.", "action."] },
} as const satisfies Record<string, { title: string; prefix: readonly string[] }>;

export type CodeGroup = keyof typeof codeGroups;

/** The database knows no year 0. */
const day = z.iso.date().refine((text) => text >= "0001");

/** What of the log is wanted; whatever does not parse is left out and named by `unread`. */
export type AuditFilter = {
  group?: CodeGroup;
  code?: EventCode;
  outcome?: "success" | "refused" | "failure";
  actorId?: string;
  tableId?: string;
  requestNumber?: number;
  /** Whole days in UTC, both included. */
  from?: string;
  to?: string;
};

const parts = {
  group: z.enum(Object.keys(codeGroups) as [CodeGroup, ...CodeGroup[]]),
  code: z
    .string()
    .trim()
    .pipe(z.enum(Object.keys(eventCodes) as [EventCode, ...EventCode[]])),
  outcome: z.enum(["success", "refused", "failure"]),
  actorId: idInput(),
  tableId: idInput(),
  requestNumber: z.coerce.number().int().min(1).max(2_147_483_647),
  from: day,
  to: day,
};

/** Reads a filter from the parameters of a URL; what cannot be read is left out and named. */
export function parseAuditFilter(params: Record<string, string | string[] | undefined>): {
  filter: AuditFilter;
  unread: string[];
} {
  const filter: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const [name, schema] of Object.entries(parts)) {
    const text = params[name];
    if (text === undefined || text === "") continue;
    const parsed = schema.safeParse(text);
    if (parsed.success) filter[name] = parsed.data;
    else unread.push(name);
  }
  return { filter: filter as AuditFilter, unread };
}

/** The filter as parameters of a URL. */
export function auditFilterParams(filter: AuditFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}

/** The codes of a group. */
export function codesOf(group: CodeGroup): EventCode[] {
  const prefixes: readonly string[] = codeGroups[group].prefix;
  const codes = Object.keys(eventCodes) as EventCode[];
  return codes.filter((code) => prefixes.some((prefix) => code.startsWith(prefix)));
}
