import type { Permission } from "@/lib/auth/permissions";

/** Who may pass: whoever has the permission, anybody at all, or nobody but the framework itself. */
export type Door = {
  permission: Permission | "anybody";
  kind: "page" | "route" | "framework";
  /** What those see who may pass, and nobody else in whatever answer. */
  shows: string;
};

const page = (permission: Door["permission"], shows: string): Door => ({ permission, kind: "page", shows });
const route = (permission: Door["permission"], shows: string): Door => ({ permission, kind: "route", shows });
const framework: Door = { permission: "anybody", kind: "framework", shows: "" };

/** What each route of the build asks of whoever opens it. A route that is not here has not been thought about. */
export const routeDoors: Readonly<Record<string, Door>> = {
  "/": page("home", "Hello Zz"),
  "/sign-in": page("anybody", ""),
  "/welcome": page("anybody", "This link does not work"),
  "/join": page("anybody", "This link does not work"),
  "/browse": page("browse", "Every table of every source"),
  "/browse/[source]/[schema]/[table]": page("browse", "lifetime_value"),
  "/browse/[source]/[schema]/[table]/[record]": page("browse", "lifetime_value"),
  "/browse/[source]/[schema]/[table]/find": page("browse", "By a value that somebody tells you"),
  "/browse/[source]/[schema]/[table]/request": page("request", "For at most 500 records"),
  "/browse/[source]/[schema]/[table]/views": page("browse", "Filters, order and columns under a name"),
  "/browse/[source]/[schema]/[table]/export": route("browse", "lifetime_value"),
  "/search": page("browse", "In the clear columns of every source"),
  "/requests": page("request", "What you have asked to see"),
  "/requests/[number]": page("home", "From asked to ended"),
  "/requests/[number]/receipts": route("home", '"glimpse":"receipt"'),
  "/inbox": page("decide", "inbox-list"),
  "/reviews": page("decide", "What opened before anybody had decided"),
  "/reviews/access": page("home", "Do they still need what they may do"),
  "/reviews/campaigns": page("campaigns", "Campaigns in which managers confirm"),
  "/reviews/campaigns/[id]": page("campaigns", "Held at the start"),
  "/audit": page("audit", "Every step and every refusal"),
  "/audit/erasures": page("erase", "Erases the keys by which the log names"),
  "/audit/export": route("audit", "access.refused"),
  "/reports": page("reports", "Documents that answer a question"),
  "/reports/anomalies": page("audit", "What people did unlike themselves"),
  "/reports/anomalies/[number]": page("audit", "What was found"),
  "/reports/[kind]": page("reports", "Are requests decided by people who look"),
  "/reports/[kind]/[file]": route("reports", '"sheet":"report"'),
  "/checkpoint": route("audit", "glimpse.example/audit"),
  "/tile/[...path]": route("audit", '"occurredUs":'),
  "/catalog": page("catalog", "The databases that people browse"),
  "/catalog/classes": page("catalog", "What a column may hold, and how"),
  "/catalog/new": page("catalog", "A PostgreSQL database, version 13"),
  "/catalog/[source]": page("catalog", "Rescan"),
  "/catalog/[source]/connection": page("catalog", "Kept encrypted"),
  "/catalog/[source]/connection/sql": route("catalog", "CREATE SCHEMA"),
  "/catalog/health": page("catalog", "Asked of each source now"),
  "/catalog/[source]/preset": page("catalog", "A rule book says how"),
  "/catalog/[source]/[schema]/[table]": page("catalog", "lifetime_value"),
  "/policies": page("policies", "Which requests open at once"),
  "/policies/simulator": page("policies", "Put a request together"),
  "/policies/[version]": page("policies", "Credentials never open"),
  "/people": page("people", "Who may sign in, what they may do"),
  "/people/approvers": page("approvers", "From when a request could be decided"),
  "/people/stops": page("people", "Ends at once what is open"),
  "/people/absences": page("people", "Which approvers have a substitute"),
  "/people/groups": page("people", "Whom policies can name"),
  "/people/[id]": page("people", "ana@marigold.example"),
  "/settings/absence": page("decide", "While you are away, a substitute decides"),
  "/settings": page("settings", "A change ends all your other sessions"),
  "/settings/retention": page("retention", "How long entries of the audit log are kept"),
  "/settings/mail": page("settings", "No message holds a value or a reason"),
  "/api/live": route("home", "inboxCount"),
  "/api/downloads": route("home", '"downloads"'),
  "/api/discovery": route("catalog", '"discovery"'),
  "/api/samples": route("catalog", "{"),
  "/api/auth/[...nextauth]": route("anybody", "csrfToken"),
  "/icon.svg": framework,
  "/_global-error": framework,
  "/_not-found": framework,
};

const all = (file: string, permission: Door["permission"], names: string) =>
  Object.fromEntries(names.split(" ").map((name) => [`app/${file}#${name}`, permission]));

/** What each server action of the build asks of whoever calls it, by file and export. */
export const actionDoors: Readonly<Record<string, Door["permission"]>> = {
  ...all("(auth)/actions.ts", "anybody", "becomeFirstAdmin join becomePerson"),
  ...all("(console)/actions.ts", "home", "signOut prove askPasskey provePasskey"),
  ...all("(console)/actions.ts", "browse", "findTables"),
  ...all("(console)/actions.ts", "settings", "setTheme"),
  ...all("(console)/actions.ts", "home", "cancelDownload"),
  ...all(
    "(console)/browse/actions.ts",
    "browse",
    "findRecord checkSaid keepTableView changeTableView removeTableView",
  ),
  ...all("(console)/audit/actions.ts", "audit", "checkLog"),
  ...all("(console)/reports/anomalies/actions.ts", "audit", "judgeAnomaly"),
  ...all("(console)/audit/erasures/actions.ts", "erase", "start confirm withdraw"),
  ...all("(console)/reports/actions.ts", "reports", "ask schedule endScheduled"),
  ...all(
    "(console)/catalog/actions.ts",
    "catalog",
    "confirm confirmBulk maskByPreset reopen undo scan cancelScan resumeScan saveChecks seeNews test add change remove rotate checkRoles harden soften",
  ),
  ...all(
    "(console)/catalog/classes/actions.ts",
    "catalog",
    "addDataClass changeDataClass retireDataClass maskDataClass",
  ),
  ...all("(console)/inbox/actions.ts", "decide", "approve narrow askToSign deny ask"),
  ...all("(console)/inbox/actions.ts", "revoke", "revoke"),
  ...all(
    "(console)/policies/actions.ts",
    "policies",
    "beginDraft save replay simulate keep tryDraft activate",
  ),
  ...all(
    "(console)/people/actions.ts",
    "people",
    "invite newLink saveRoles saveManager dropLostPasskey disable enable stop lift",
  ),
  ...all("(console)/people/groups/actions.ts", "people", "addGroup saveMembers saveOwners"),
  ...all(
    "(console)/requests/actions.ts",
    "request",
    "preview submit previewAllThatMatch submitAllThatMatch withdraw nudge breakGlass submitEmergency emergencyAllThatMatch extend answer",
  ),
  ...all("(console)/requests/actions.ts", "reveal", "activate askToOpen signOpening reveal copied"),
  ...all("(console)/requests/actions.ts", "home", "giveBack comment"),
  ...all("(console)/reviews/actions.ts", "decide", "judge"),
  ...all("(console)/reviews/access/actions.ts", "home", "decide"),
  ...all("(console)/reviews/campaigns/actions.ts", "campaigns", "start close callOff"),
  ...all("(console)/search/actions.ts", "browse", "search"),
  ...all("(console)/settings/absence/actions.ts", "decide", "substitute"),
  ...all("(console)/settings/absence/actions.ts", "settings", "endAbsence"),
  ...all(
    "(console)/settings/actions.ts",
    "settings",
    "saveAccount savePassword endSession setRows saveWishes askToMakePasskey keepPasskey dropPasskey",
  ),
  ...all("(console)/settings/actions.ts", "people", "tryMail"),
  ...all("(console)/settings/retention/actions.ts", "retentionSet", "setRetention"),
  ...all("(console)/settings/retention/actions.ts", "retention", "confirmRetention dropRetention lift"),
  ...all("(console)/settings/retention/actions.ts", "hold", "hold askToLift"),
};

/** Actions that take nothing: there is no bad input to refuse, so whoever may call them is served. */
export const withoutInput: ReadonlySet<string> = new Set([
  "app/(console)/actions.ts#signOut",
  "app/(console)/actions.ts#findTables",
  "app/(console)/actions.ts#askPasskey",
  "app/(console)/audit/actions.ts#checkLog",
]);
