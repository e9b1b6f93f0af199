import { beforeAll, describe, expect, test } from "vitest";
import { contextOfSession } from "@/lib/auth/read-session";
import { sealSessionId, sessionCookieName } from "@/lib/auth/session-cookie";
import { visitorContext } from "@/lib/auth/system-context";
import { env } from "@/lib/env";
import { becomeDemoPerson, demoChoices } from "@/lib/people/become-demo-person";
import { demoPersonId } from "@/lib/people/demo-people";
import { seedDemoPeople } from "@/lib/people/seed-demo-people";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";

const control = useControlDatabase();
keepsPromises(control);
const refused = (code: string): unknown => expect.objectContaining({ code });
const ana = demoPersonId("Ana") ?? "";
const ada = demoPersonId("Ada") ?? "";

beforeAll(() => seedDemoPeople("glimpse-demo"));

test("outside of the demo nobody becomes anybody, though the people of the demo are there", async () => {
  expect(env().demo).toBe(false);
  expect(demoChoices()).toEqual([]);
  await expect(becomeDemoPerson(visitorContext(null), { personId: ada, userAgent: null })).rejects.toEqual(
    refused("not-permitted"),
  );
});

describe("in the demo", () => {
  beforeAll(() => Object.assign(env(), { demo: true }));

  test("one becomes its people, the session before ends, and both are on record", async () => {
    const before = await becomeDemoPerson(visitorContext(null), { personId: ana, userAgent: null });
    const asAna = await contextOfSession(
      { [sessionCookieName()]: await sealSessionId(before.sessionId) },
      null,
    );
    if (!asAna) throw new Error("no session");
    const after = await becomeDemoPerson(asAna, { personId: ada, userAgent: null });
    const rows = await control.owner`SELECT id, ended_why FROM sessions WHERE ended_at IS NOT NULL`;
    expect(rows).toEqual([{ id: before.sessionId, ended_why: "replaced" }]);
    const events = await control.owner<{ actor_id: string; entry: string }[]>`
      SELECT actor_id, entry FROM audit_events WHERE code = 'auth.signed_in' ORDER BY seq`;
    expect(events.map(({ actor_id }) => actor_id)).toEqual([ana, ada]);
    expect(events[1]?.entry).toContain(after.sessionId);
  });

  test("one becomes nobody who is not in its cast, and nobody who is disabled", async () => {
    const outsider = await signedIn(control, { name: "Outsider", roles: ["admin"] });
    const become = (personId: string) =>
      becomeDemoPerson(visitorContext(null), { personId, userAgent: null });
    await expect(become(outsider.actor.personId)).rejects.toEqual(refused("not-permitted"));
    await control.owner`UPDATE people SET state = 'disabled' WHERE id = ${ana}`;
    await expect(become(ana)).rejects.toEqual(refused("not-permitted"));
  });
});
