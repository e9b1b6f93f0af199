import type { AuditEntry } from "@/lib/audit/entry";
import type { Told } from "@/lib/forwarding/cef";

type Activity = readonly [id: number, name: string];
type Class = { uid: number; category: number; name: string };

/** The classes of OCSF 1.3 that entries of the log are told as. */
const classes = {
  account: { uid: 3001, category: 3, name: "Account Change" },
  authentication: { uid: 3002, category: 3, name: "Authentication" },
  entity: { uid: 3004, category: 3, name: "Entity Management" },
  api: { uid: 6003, category: 6, name: "API Activity" },
  datastore: { uid: 6005, category: 6, name: "Datastore Activity" },
} as const satisfies Record<string, Class>;

type ClassName = keyof typeof classes;

const create: Activity = [1, "Create"];
const read: Activity = [2, "Read"];
const update: Activity = [3, "Update"];
const other: Activity = [99, "Other"];

/** By the code, where it says more than its first word. */
const byCode: Readonly<Record<string, readonly [ClassName, Activity]>> = {
  "auth.signed_in": ["authentication", [1, "Logon"]],
  "auth.sign_in_failed": ["authentication", [1, "Logon"]],
  "auth.locked_out": ["authentication", [1, "Logon"]],
  "auth.signed_out": ["authentication", [2, "Logoff"]],
  "auth.session_ended": ["authentication", [2, "Logoff"]],
  "auth.password_changed": ["account", [3, "Password Change"]],
  "person.link_made": ["account", [4, "Password Reset"]],
  "person.invited": ["account", create],
  "person.first_admin_made": ["account", create],
  "person.joined": ["account", [2, "Enable"]],
  "person.enabled": ["account", [2, "Enable"]],
  "person.disabled": ["account", [5, "Disable"]],
  "reveal.opened": ["datastore", [1, "Read"]],
  "reveal.signed": ["authentication", other],
  "browse.exported": ["datastore", [1, "Read"]],
  "browse.table_opened": ["datastore", [4, "Query"]],
  "browse.searched": ["datastore", [4, "Query"]],
  "lookup.asked": ["datastore", [4, "Query"]],
  "field_check.asked": ["datastore", [4, "Query"]],
  "audit.read": ["api", read],
  "audit.exported": ["api", read],
  "audit.entries_read": ["api", read],
};

const byFirstWord: Readonly<Record<string, ClassName>> = {
  auth: "authentication",
  person: "account",
  browse: "datastore",
  lookup: "datastore",
  field_check: "datastore",
  reveal: "datastore",
  audit: "api",
  access: "api",
};

/** What a deed does to the thing that it is about, by the last word of its code. */
const byLastWord: Readonly<Record<string, Activity>> = {
  added: create,
  made: create,
  saved: create,
  submitted: create,
  asked: create,
  removed: [4, "Delete"],
  activated: [10, "Activate"],
  revoked: [11, "Deactivate"],
  retired: [11, "Deactivate"],
  ended: [11, "Deactivate"],
};

/** The longest message; receivers of RFC 5425 should take 8,192 octets. */
const longest = 7_500;

/**
 * An entry as one line of JSON in the Open Cybersecurity Schema Framework. `unmapped` holds the entry as it stands in the
 * log; where it is too long for a message of syslog, it says so, and number and hash lead to the log.
 */
export function ocsf(told: Told): string {
  const whole = asOneLine({ ...mapped(told), unmapped: told.entry });
  if (Buffer.byteLength(whole) <= longest) return whole;
  const { seq, code } = told.entry;
  const short = asOneLine({ ...mapped(told), unmapped: { seq, code, cut: true } });
  if (Buffer.byteLength(short) <= longest) return short;
  return asOneLine({
    ...mapped({ ...told, sentence: told.title }),
    comment: undefined,
    unmapped: { seq, cut: true },
  });
}

function mapped({ entry, leafHash, sentence, version }: Told): Record<string, unknown> {
  const [name, activity] = kindOf(entry);
  const kind = classes[name];
  const isWell = entry.outcome === "success";
  return {
    class_uid: kind.uid,
    class_name: kind.name,
    category_uid: kind.category,
    activity_id: activity[0],
    activity_name: activity[1] === "Other" ? entry.code : activity[1],
    type_uid: kind.uid * 100 + activity[0],
    time: Math.floor(entry.occurredUs / 1000),
    severity_id: entry.code === "audit.check_failed" ? 5 : isWell ? 1 : 3,
    status_id: isWell ? 1 : 2,
    status: isWell ? "Success" : "Failure",
    status_detail: entry.outcome,
    message: sentence,
    comment: entry.reason,
    metadata: {
      version: "1.3.0",
      product: { name: "Glimpse", vendor_name: "Glimpse", version: entry.writer?.version ?? version },
      log_provider: entry.writer?.instance,
      correlation_uid: entry.requestId,
      labels: labelsOf(entry),
      uid: leafHash,
      sequence: entry.seq,
      event_code: entry.code,
      log_name: "audit",
    },
    actor: {
      user: personOf(entry.actor),
      session: entry.session ? { uid: entry.session } : undefined,
      authorizations: authorizationsOf(entry),
    },
    src_endpoint: { ...(entry.ip ? { ip: entry.ip } : {}), svc_name: entry.channel },
    http_request:
      entry.webRequest || entry.device
        ? { uid: entry.webRequest ?? undefined, user_agent: entry.device ?? undefined }
        : undefined,
    ...aboutOf(name, entry),
  };
}

/** Codes that say of themselves whether somebody may. */
const decisions: Readonly<Record<string, "allowed" | "denied">> = {
  "request.approved": "allowed",
  "request.narrowed": "allowed",
  "request.granted_by_policy": "allowed",
  "request.denied": "denied",
  "request.denied_by_policy": "denied",
  "emergency.opened": "allowed",
  "grant.activated": "allowed",
  "reveal.opened": "allowed",
};

/** The policy that it stands under, by its version and rule, and what that or an approver said. */
function authorizationsOf({ code, outcome, policyVersion, details }: AuditEntry) {
  if (policyVersion === undefined) return undefined;
  const rule = details?.["rule"];
  const policy = { name: typeof rule === "string" ? rule : undefined, version: `${policyVersion}` };
  return [{ decision: outcome === "refused" ? "denied" : decisions[code], policy }];
}

function labelsOf({ grantId, requestNumber }: AuditEntry): string[] | undefined {
  const labels = [
    ...(requestNumber === undefined ? [] : [`request:${requestNumber}`]),
    ...(grantId === undefined ? [] : [`grant:${grantId}`]),
  ];
  return labels.length === 0 ? undefined : labels;
}

function kindOf({ code }: AuditEntry): readonly [ClassName, Activity] {
  const known = byCode[code];
  if (known) return known;
  const [first = "", rest = ""] = code.split(".");
  const name = byFirstWord[first] ?? "entity";
  if (name !== "entity") return [name, other];
  return [name, byLastWord[rest.split("_").at(-1) ?? ""] ?? update];
}

/** What a class of OCSF asks for beyond what all have. */
function aboutOf(name: ClassName, entry: AuditEntry): Record<string, unknown> {
  const { resource, subject, actor } = entry;
  if (name === "account" || name === "authentication")
    return { user: personOf(subject ?? actor), service: { name: "Glimpse" } };
  if (name === "api") return { api: { operation: entry.code, service: { name: "Glimpse" } } };
  if (name === "datastore")
    return {
      database: { name: resource?.source ?? "unknown", uid: resource?.sourceId, type_id: 1 },
      table: resource?.table ? { name: resource.table, uid: resource.tableId } : undefined,
    };
  const [type = "thing"] = entry.code.split(".");
  const named =
    entry.requestNumber === undefined ? (resource?.source ?? subject?.name) : `${entry.requestNumber}`;
  return {
    entity: { type, name: named ?? type, uid: entry.grantId ?? entry.requestId ?? resource?.sourceId },
  };
}

const personOf = ({ id, name }: { id: string | null; name: string }) => ({ name, uid: id ?? undefined });

/** JSON escapes what ends a line; the rest that some readers take for an end of line is escaped too. */
function asOneLine(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
