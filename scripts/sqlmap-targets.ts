/** What sqlmap is given: every parameter of a query is tried, or the place that a star marks. */
export type SqlmapTarget = {
  route: string;
  who: "Ana" | "Max" | "Sam" | "Ivy" | "Ada" | "Pia";
  address: string;
  body?: string;
  action?: string;
};

/** Routes that read no parameter, or whose parameters are tried elsewhere. */
export const withoutParameters = [
  "/",
  "/_global-error",
  "/_not-found",
  "/api/downloads",
  "/api/live",
  "/audit/erasures",
  "/browse",
  "/catalog",
  "/catalog/classes",
  "/catalog/new",
  "/icon.svg",
  "/people/absences",
  "/people/stops",
  "/people/groups",
  "/policies",
  "/reviews",
  "/reviews/access",
  "/reviews/campaigns",
  "/search",
  "/settings",
  "/settings/absence",
  "/settings/mail",
  "/settings/retention",
];

type Known = { tableId: string; columnId: string; personId: string; sourceId: string; number: number };

const boundary = "glimpse";
export const formType = `multipart/form-data; boundary=${boundary}`;

/** The body of a call whose second argument is a form, as React writes it. */
const formBody = (name: string, value: string) =>
  [`_1_${name}"\r\n\r\n${value}`, `0"\r\n\r\n[null,"$K1"]`]
    .map((part) => `--${boundary}\r\nContent-Disposition: form-data; name="${part}\r\n`)
    .join("") + `--${boundary}--\r\n`;

/** Each parameter of each route, with a value that it takes. */
export function sqlmapTargets({ tableId, columnId, personId, sourceId, number }: Known): SqlmapTarget[] {
  const customers = "/browse/marigold/public/customers";
  const table = "/browse/[source]/[schema]/[table]";
  const person = `actorId=${personId}&tableId=${tableId}&requestNumber=${number}&from=2020-01-01&to=2030-01-01`;
  const log = `group=requests&code=request.submitted&outcome=success&${person}`;
  return [
    {
      route: table,
      who: "Ana",
      address: `${customers}?f=country:is:DE&sort=id&size=25&cols=id,email&before=end`,
    },
    { route: table, who: "Ana", address: `${customers}?f=id:lte:40&after=WyJrZXkiLG51bGwsIjUiXQ` },
    { route: table, who: "Ana", address: `${customers}?column=country&op=is&value=DE` },
    ...["/browse/marigold*/public/customers", "/browse/marigold/public*/customers", `${customers}*`].map(
      (address): SqlmapTarget => ({ route: table, who: "Ana", address }),
    ),
    { route: `${table}/[record]`, who: "Ana", address: `${customers}/WyIxIl0*` },
    { route: `${table}/[record]`, who: "Ana", address: `${customers}/WyIxIl0?related=orders` },
    {
      route: `${table}/export`,
      who: "Ana",
      address: `${customers}/export?format=csv&f=id:lte:3&sort=id&cols=id,email`,
    },
    { route: `${table}/find`, who: "Ana", address: `${customers}*/find` },
    { route: `${table}/views`, who: "Ana", address: `${customers}/views?f=id:lte:3&sort=id&cols=id,email` },
    { route: `${table}/request`, who: "Ana", address: `${customers}/request?f=id:lte:3` },
    { route: "/requests", who: "Ana", address: "/requests?state=pending&before=5" },
    { route: "/requests/[number]", who: "Ana", address: `/requests/${number}*` },
    { route: "/requests/[number]", who: "Ana", address: `/requests/${number}?records=1` },
    { route: "/requests/[number]/receipts", who: "Ana", address: `/requests/${number}*/receipts` },
    {
      route: "/inbox",
      who: "Max",
      address: `/inbox?request=${number}&after=x&requester=${personId}&table=${personId}&grade=high&group=table`,
    },
    { route: "/audit", who: "Ivy", address: `/audit?${log}&before=99&after=1` },
    { route: "/audit/export", who: "Ivy", address: `/audit/export?${log}` },
    { route: "/audit/export", who: "Ivy", address: `/audit/export?format=ndjson&${log}` },
    {
      route: "/reports/anomalies",
      who: "Ivy",
      address: `/reports/anomalies?state=all&personId=${personId}&before=9`,
    },
    { route: "/reports/anomalies/[number]", who: "Ivy", address: "/reports/anomalies/1*" },
    { route: "/reports/[kind]", who: "Ivy", address: "/reports/approvals*?from=2026-01-01&to=2026-12-31" },
    {
      route: "/reports/[kind]/[file]",
      who: "Ivy",
      address: "/reports/approvals/approvers*.csv?from=2026-01-01&to=2026-12-31",
    },
    { route: "/audit/export", who: "Ivy", address: "/audit/export?format=receipts" },
    { route: "/checkpoint", who: "Ivy", address: "/checkpoint?size=10" },
    { route: "/tile/[...path]", who: "Ivy", address: "/tile/0/000.p/5*" },
    { route: "/tile/[...path]", who: "Ivy", address: "/tile/entries*/000.p/5" },
    {
      route: "/people",
      who: "Ada",
      address: `/people?q=ana&role=agent&state=active&after=${personId}&before=${personId}`,
    },
    {
      route: "/policies/simulator",
      who: "Pia",
      address: `/policies/simulator?version=2&request=${number}`,
    },
    { route: "/people/approvers", who: "Ivy", address: "/people/approvers?days=90" },
    { route: "/policies/[version]", who: "Pia", address: "/policies/2*" },
    { route: "/reviews/campaigns/[id]", who: "Ivy", address: `/reviews/campaigns/${personId}*` },
    { route: "/people/[id]", who: "Ada", address: `/people/${personId}*` },
    { route: "/catalog/[source]", who: "Sam", address: "/catalog/marigold*" },
    { route: "/catalog/[source]/connection", who: "Sam", address: "/catalog/marigold*/connection" },
    { route: "/catalog/[source]/preset", who: "Sam", address: "/catalog/marigold*/preset?by=gdpr" },
    { route: "/catalog/[source]/connection/sql", who: "Sam", address: "/catalog/marigold*/connection/sql" },
    {
      route: "/catalog/[source]/[schema]/[table]",
      who: "Sam",
      address: "/catalog/marigold/public/customers*",
    },
    { route: "/api/discovery", who: "Sam", address: `/api/discovery?source=${sourceId}` },
    {
      route: "/api/samples",
      who: "Sam",
      address: `/api/samples?table=${tableId}&column=${columnId}&class=email`,
    },
    { route: "/sign-in", who: "Ana", address: "/sign-in?callbackUrl=/people" },
    { route: "/join", who: "Ana", address: "/join?token=abc" },
    { route: "/welcome", who: "Ana", address: "/welcome?token=abc" },
    {
      route: "/api/auth/[...nextauth]",
      who: "Ana",
      address: "/api/auth/callback/credentials",
      body: "csrfToken=x&email=ana@marigold.example&password=x&json=true",
    },
    {
      route: "action",
      who: "Ana",
      address: customers,
      action: "app/(console)/requests/actions.ts#submit",
      body: `[{"tableId":"${tableId}*","records":["WyIxIl0*"],"fields":[{"columnId":"${columnId}*","level":"full*"}],"purpose":"customer-contact*","reason":"Her parcel came back, tell her.*","ticket":"T-1*","viewSeconds":300}]`,
    },
    {
      route: "action",
      who: "Ana",
      address: customers,
      action: "app/(console)/requests/actions.ts#extend",
      body: `[{"requestId":"${tableId}*","reason":"She is looking for her papers.*","viewSeconds":300,"columnIds":["${columnId}*"]}]`,
    },
    {
      route: "action",
      who: "Sam",
      address: "/catalog/marigold",
      action: "app/(console)/catalog/actions.ts#scan",
      body: formBody("sourceId", `${sourceId}*`),
    },
    {
      route: "action",
      who: "Ana",
      address: "/search",
      action: "app/(console)/search/actions.ts#search",
      body: formBody("term", "4711*"),
    },
  ];
}
