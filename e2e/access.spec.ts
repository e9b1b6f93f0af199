import { encodeHandle } from "@/lib/catalog/record-handle";
import { rolesAllow } from "@/lib/auth/permissions";
import { builtActions, builtRoutes, type BuiltAction } from "./support/build";
import { form, type Answer, type Argument, type Client } from "./support/client";
import { actionDoors, routeDoors, withoutInput, type Door } from "./support/doors";
import { disableThem, oneOfEach, type Visitor } from "./support/one-role";
import { effectOf } from "./support/stored";
import { expect, test } from "./support/test";

let visitors: Visitor[];
let addresses: Record<string, string>;

test.describe.configure({ timeout: 240_000 });

test.beforeAll(async ({ control }) => {
  visitors = await oneOfEach(control);
  const [table] = await control<{ id: string }[]>`
    SELECT t.id FROM catalog_tables t WHERE schema = 'public' AND name = 'customers'`;
  const [source] = await control<{ id: string }[]>`SELECT id FROM sources WHERE slug = 'marigold'`;
  const [person] = await control<{ id: string }[]>`SELECT id FROM people WHERE email LIKE 'ana@%'`;
  // One that is over asks nobody anything.
  const [campaign] = await control<{ id: string }[]>`
    INSERT INTO access_campaigns (name, roles, source_ids, remove_undecided, started_by, started_at, due_at, ended_at, ended_why)
    VALUES ('Nobody', '{}', '{}', false, ${person!.id}, now() - interval '2 days', now() - interval '1 day', now(), 'decided')
    RETURNING id`;
  const customers = "marigold/public/customers";
  addresses = {
    "/browse/[source]/[schema]/[table]": `/browse/${customers}`,
    "/browse/[source]/[schema]/[table]/[record]": `/browse/${customers}/${encodeHandle({ kind: "values", values: ["1"] })}`,
    "/browse/[source]/[schema]/[table]/find": `/browse/${customers}/find`,
    "/browse/[source]/[schema]/[table]/request": `/browse/${customers}/request?f=id:is:1`,
    "/browse/[source]/[schema]/[table]/views": `/browse/${customers}/views?f=id:is:1`,
    "/browse/[source]/[schema]/[table]/export": `/browse/${customers}/export?format=csv&f=id:is:1`,
    "/requests/[number]": "/requests/1",
    "/requests/[number]/receipts": "/requests/1/receipts",
    "/catalog/[source]": "/catalog/marigold",
    "/catalog/[source]/connection": "/catalog/marigold/connection",
    "/catalog/[source]/connection/sql": "/catalog/marigold/connection/sql",
    "/catalog/[source]/preset": "/catalog/marigold/preset?by=hipaa",
    "/catalog/[source]/[schema]/[table]": `/catalog/${customers}`,
    "/policies/[version]": "/policies/2",
    "/reports/anomalies/[number]": "/reports/anomalies/2147483647",
    "/reports/[kind]": "/reports/approvals?from=2026-01-01&to=2026-01-31",
    "/reports/[kind]/[file]": "/reports/approvals/report.ndjson?from=2026-01-01&to=2026-01-31",
    "/reviews/campaigns/[id]": `/reviews/campaigns/${campaign!.id}`,
    "/people/[id]": `/people/${person!.id}`,
    "/api/discovery": `/api/discovery?source=${source!.id}`,
    "/api/samples": `/api/samples?table=${table!.id}`,
    "/api/auth/[...nextauth]": "/api/auth/csrf",
    "/tile/[...path]": "/tile/entries/000.p/20",
  };
});

test.afterAll(async ({ control }) => disableThem(control, visitors));

const addressOf = (route: string) => addresses[route] ?? route;
const mayPass = ({ who }: Visitor, permission: Door["permission"]) =>
  permission === "anybody" || (who !== "nobody" && rolesAllow([who], permission));

test("every route of the build has somebody who decided who may open it, and nobody decided about one that is gone", () => {
  expect(builtRoutes()).toEqual(Object.keys(routeDoors).sort());
});

test("every action of the build has somebody who decided who may call it, and nobody decided about one that is gone", () => {
  expect(builtActions().map(({ name }) => name)).toEqual(
    Object.keys(actionDoors).sort((a, b) => a.localeCompare(b)),
  );
});

test("whoever lacks the role sees nothing of a page, as a document or as a payload, and it is on record", async ({
  control,
  watch,
}) => {
  const wrong: string[] = [];
  let anonymous = 0;
  for (const visitor of visitors) {
    const client = watched(visitor, watch);
    for (const [route, door] of Object.entries(routeDoors)) {
      if (door.kind === "framework") continue;
      for (const way of door.kind === "route" ? ways.slice(0, 1) : ways) {
        const call = () => client.getPayload(addressOf(route), way.headers);
        const { answer, events, changed } = await effectOf(control, call);
        const refusals = events.filter(
          ({ code, actor }) => code === "access.refused" && actor.id === visitor.id,
        );
        const what = `${visitor.who} at ${route} as ${way.name}: ${answer.status}`;
        if (mayPass(visitor, door.permission)) {
          if (!isServed(answer) || refusals.length > 0) wrong.push(`${what}, may pass`);
          const isWhole = answer.status === 200 && way.name === "document";
          if (isWhole && !answer.text.includes(door.shows))
            wrong.push(`${what}, does not say "${door.shows}"`);
        } else {
          if (answer.text.includes(door.shows)) wrong.push(`${what}, says "${door.shows}"`);
          if (changed.length > 0) wrong.push(`${what}, changes ${changed.join(", ")}`);
          if (!isRefused(answer, way.name, visitor, door)) wrong.push(what);
          // What a prefetch brings ends above the page: the page has not been asked for yet.
          const due = way.name === "prefetch" && door.kind === "page" ? 0 : 1;
          const asDue = visitor.who === "nobody" ? refusals.length <= 1 : refusals.length === due;
          anonymous += visitor.who === "nobody" ? refusals.length : 0;
          if (!asDue) wrong.push(`${what}, ${refusals.length} refusals on record`);
        }
      }
    }
  }
  // Of whoever is not signed in one visit in ten minutes is recorded; the first came when this server was started.
  expect(anonymous).toBeLessThanOrEqual(2);
  const [first] = await control<{ details: object }[]>`
    SELECT entry::jsonb -> 'details' AS details FROM audit_events
    WHERE code = 'access.refused' AND actor_id IS NULL AND entry LIKE '%"othersBefore"%' ORDER BY seq LIMIT 1`;
  expect(first?.details).toEqual({
    permission: "home",
    kind: "page",
    refusal: "not-signed-in",
    othersBefore: 0,
  });
  expect(wrong).toEqual([]);
});

test("whoever lacks the role is refused every action, on record, and nothing else is written", async ({
  control,
  watch,
}) => {
  const wrong: string[] = [];
  for (const visitor of visitors) {
    const why = visitor.who === "nobody" ? "not-signed-in" : "not-permitted";
    for (const action of builtActions().filter(({ name }) => !mayPass(visitor, actionDoors[name]!))) {
      const {
        answer: statuses,
        events,
        changed,
      } = await effectOf(control, () => forge(watched(visitor, watch), action));
      const seen = events.map(
        ({ code, actor, details }) => `${code} ${actor.id} ${String(details["refusal"])}`,
      );
      const due = forged.map(() => `access.refused ${visitor.id} ${why}`);
      if (seen.join() !== due.join() || changed.length > 0 || statuses.some((status) => status >= 400))
        wrong.push(
          `${visitor.who} calls ${action.name}: ${statuses.join()}; changes ${changed.join()}; ${seen.join()}`,
        );
    }
  }
  expect(wrong).toEqual([]);
});

test("whoever may call an action is still refused what no form would send, on record, and nothing else is written", async ({
  control,
  watch,
}) => {
  const wrong: string[] = [];
  for (const visitor of visitors) {
    const open = builtActions().filter(
      ({ name }) => mayPass(visitor, actionDoors[name]!) && !withoutInput.has(name),
    );
    for (const action of open) {
      const {
        answer: statuses,
        events,
        changed,
      } = await effectOf(control, () => forge(watched(visitor, watch), action));
      const refused = events.filter(
        ({ outcome, details }) => outcome === "refused" && details["refusal"] !== "not-permitted",
      );
      if (refused.length !== forged.length || changed.length > 0 || statuses.some((status) => status >= 400))
        wrong.push(
          `${visitor.who} calls ${action.name}: ${statuses.join()}; changes ${changed.join()}; ${events.map(({ code, details }) => `${code} ${String(details["refusal"])}`).join()}`,
        );
    }
  }
  expect(wrong).toEqual([]);
});

test("an action that is called from another site does nothing", async ({ control, watch }) => {
  const wrong: string[] = [];
  const origins = ["https://evil.example", "null", "http://127.0.0.1.evil.example"];
  for (const action of builtActions()) {
    const permission = actionDoors[action.name] ?? "anybody";
    const visitor = visitors.find((one) => one.who !== "nobody" && mayPass(one, permission))!;
    for (const Origin of origins) {
      const call = () => watched(visitor, watch).call(onAPage(action), [], { Origin });
      const { answer, events, changed } = await effectOf(control, call);
      if (answer.status < 400 || events.length > 0 || changed.length > 0)
        wrong.push(
          `${action.name} from ${Origin}: ${answer.status}, ${events.length} events, ${changed.join()}`,
        );
    }
  }
  expect(wrong).toEqual([]);
});

test("a page that has no such action, and an action that no build has, do nothing", async ({
  control,
  watch,
}) => {
  const client = watched(
    visitors.find(({ who }) => who === "agent")!,
    watch,
  );
  for (const id of ["0".repeat(42), "x", "../../../etc/passwd", builtActions()[0]!.id.replace(/.$/, "z")]) {
    const { answer, events, changed } = await effectOf(control, () => client.call({ id, page: "/" }, []));
    expect
      .soft({ status: answer.status >= 400 && answer.status < 500, events, changed }, id)
      .toEqual({ status: true, events: [], changed: [] });
  }
});

const ways: readonly { name: string; headers: Record<string, string> }[] = [
  { name: "document", headers: {} },
  { name: "payload", headers: { RSC: "1" } },
  { name: "prefetch", headers: { RSC: "1", "Next-Router-Prefetch": "1" } },
];

/** What a forger sends, to forms and to plain calls alike; the ids are of the right shape and name nothing. */
const nobody = "00000000-0000-4000-8000-00000000dead";
const forged: readonly (readonly Argument[])[] = [
  [],
  [null, 7],
  ["$1", { toString: "x", __proto__: null, length: 1e9 }],
  [form(["personId", "x"], ["theme", "'"], ["next", "//evil.example"])],
  [
    null,
    form(
      ["personId", "x"],
      ["version", "-1"],
      ["token", "x"],
      ["theme", "'"],
      ["rows", "0"],
      ["sourceId", "'"],
    ),
  ],
  [{ requestId: nobody, grantId: nobody, version: "1", records: [], columnIds: [] }],
];

/** Calls an action with all that a forger sends, one after the other. */
async function forge(client: Client, action: BuiltAction): Promise<number[]> {
  const statuses: number[] = [];
  for (const args of forged) statuses.push((await client.call(onAPage(action), args)).status);
  return statuses;
}

/** A page that carries the action; the record on it need not exist. */
function onAPage({ id, routes }: BuiltAction): { id: string; page: string } {
  const route = routes.find((one) => !one.includes("[")) ?? routes[0] ?? "/";
  return { id, page: addressOf(route) };
}

function watched(
  { client }: Visitor,
  watch: { inspect: (where: string, text: string | Uint8Array) => void },
): Client {
  return client.watchedBy((where, content) => watch.inspect(where, content));
}

/** Of the objects of others there is nothing to see, and who is signed in has no use for the sign-in page. */
function isServed({ status, headers }: Answer): boolean {
  return [200, 404].includes(status) || (status === 307 && headers.get("location") === "/");
}

/** Refused outright; in a payload, whose status is sent before the page has run, by the mark of a refusal. */
function isRefused(
  { status, headers, text }: Answer,
  way: string,
  { who }: Visitor,
  { kind }: Door,
): boolean {
  if (kind === "route") return status === (who === "nobody" ? 401 : 403);
  if (way === "prefetch") return status === 200;
  if (who !== "nobody")
    return status === 403 || (way === "payload" && text.includes("NEXT_HTTP_ERROR_FALLBACK;403"));
  if (way === "payload") return text.includes("NEXT_REDIRECT;replace;/sign-in");
  const to = new URL(headers.get("location") ?? "/nowhere", "http://here").pathname;
  return [303, 307].includes(status) && to === "/sign-in";
}
