import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { judgeCase } from "@/lib/anomalies/judge-case";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { visitorContext } from "@/lib/auth/system-context";
import type { Role } from "@/lib/db/schema/people";
import { confirmErasure } from "@/lib/erasure/settle-erasure";
import { startErasure } from "@/lib/erasure/start-erasure";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { changeRoles } from "@/lib/people/change-roles";
import { invitePerson, makeNewLink } from "@/lib/people/invite-person";
import { askToLiftHold, liftHold, placeHold } from "@/lib/retention/hold-log";
import { confirmPeriod, setPeriod } from "@/lib/retention/set-period";
import { signedIn } from "@/lib/testing/control";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const why = "The law asks for this long and no longer";
const owner = () => story.control.owner;
const idOf = ({ actor }: Context) => actor.personId;
const all: Role[] = ["admin", "auditor"];
/** An admin who may propose everything, and an auditor of long standing. */
let [eve, bob]: Context[] = [];

beforeEach(async () => {
  eve = await signedIn(story.control, { name: "Eve", roles: all });
  bob = await signedIn(story.control, { name: "Bob", roles: ["auditor"] });
});

type Door = { propose: (by: Context) => Promise<(by: Context) => Promise<unknown>> };

const newest = async (table: string, by: string) => {
  const rows = await owner().unsafe<{ id: string }[]>(`SELECT id FROM ${table} ORDER BY ${by} DESC LIMIT 1`);
  return rows[0]!.id;
};

const period: Door = {
  propose: async (first) => {
    await setPeriod(first, { days: 90, why });
    const periodId = await newest("audit_retention", "set_at");
    return (second) => confirmPeriod(second, { periodId });
  },
};
const hold: Door = {
  propose: async (first) => {
    const part = { personId: null, sourceId: null, fromDay: null, toDay: null };
    await placeHold(first, { name: "A matter", why, ...part });
    const holdId = await newest("audit_holds", "placed_at");
    await askToLiftHold(first, { holdId, why });
    return (second) => liftHold(second, { holdId });
  },
};
const erasure: Door = {
  propose: async (first) => {
    const about = { tableId: story.table.id, key: "3", related: false };
    await startErasure(first, { ...about, reference: "DSR-17", reason: why });
    const erasureId = await newest("erasures", "number");
    return (second) => confirmErasure(second, { erasureId });
  },
};

/** The session of whoever uses a one-time link: the admin who was given it. */
async function comesBy({ link }: { link: string }, roles: readonly Role[]): Promise<Context> {
  const { sessionId } = await acceptInvitation(visitorContext(null), {
    token: new URL(link).searchParams.get("token") ?? "",
    ...{ name: "Puppet", password: "orchard violin 19 teapot", timeZone: "UTC", userAgent: null },
  });
  const [row] = await owner()<{ id: string }[]>`SELECT person_id AS id FROM sessions WHERE id = ${sessionId}`;
  return { ...eve!, actor: Actor.signedIn({ id: row!.id, name: "Puppet", roles }), sessionId };
}

const invited = (by: Context, roles: Role[] = ["auditor"]) =>
  invitePerson(by, { email: `${randomUUID()}@example.test`, name: "Puppet", roles, manager: null });
const puppetOf = async (by: Context, roles: Role[] = ["auditor"]) => comesBy(await invited(by, roles), roles);

// Holds come last: under one of everything nobody is forgotten.
describe.each(Object.entries({ period, erasure, hold }))("of a %s, the second person", (_, door) => {
  test("is one of long standing", async () => {
    await (
      await door.propose(eve!)
    )(bob!);
  });

  test("is nobody for whom a new-password link was made after it was proposed, by whomever", async () => {
    const confirm = await door.propose(eve!);
    const puppet = await comesBy(await makeNewLink(story.ada, { personId: idOf(bob!) }), ["auditor"]);
    await expect(confirm(puppet)).rejects.toEqual(refused("second-reset"));
  });

  test("is nobody for whom the first has ever made one", async () => {
    const puppet = await comesBy(await makeNewLink(eve!, { personId: idOf(bob!) }), ["auditor"]);
    const confirm = await door.propose(eve!);
    await expect(confirm(puppet)).rejects.toEqual(refused("second-given"));
  });

  test("is nobody who was invited after it was proposed, or by the first before it", async () => {
    const before = await puppetOf(eve!);
    const confirm = await door.propose(eve!);
    await expect(confirm(before)).rejects.toEqual(refused("second-given"));
    await expect(confirm(await puppetOf(story.ada))).rejects.toEqual(refused("second-late"));
    await confirm(bob!);
  });

  test("is nobody who got the role after it was proposed, or from the first before it", async () => {
    const [ana, ben] = await Promise.all(
      ["Ana", "Ben"].map((name) => signedIn(story.control, { name, roles: ["agent"] })),
    );
    const gets = (who: Context, by: Context) =>
      changeRoles(by, { personId: idOf(who), version: 1, roles: ["agent", "auditor"] });
    await gets(ana!, eve!);
    const confirm = await door.propose(eve!);
    await gets(ben!, story.ada);
    await expect(confirm(ana!)).rejects.toEqual(refused("second-given"));
    await expect(confirm(ben!)).rejects.toEqual(refused("second-late"));
    await confirm(bob!);
  });

  test("is not who has let the first in, nor one of two whom the same admin has let in within a week", async () => {
    const [one, other] = [await puppetOf(eve!, all), await puppetOf(eve!, all)];
    const confirm = await door.propose(one);
    await expect(confirm(eve!)).rejects.toEqual(refused("second-given"));
    await expect(confirm(other)).rejects.toEqual(refused("second-twin"));
    await confirm(bob!);
  });
});

describe("of a case, the judge", () => {
  async function caseOf(who: Context): Promise<number> {
    const [row] = await owner()<{ number: number }[]>`INSERT INTO anomaly_cases (person_id, day, zone)
      VALUES (${idOf(who)}, current_date, 'UTC') RETURNING number`;
    return row!.number;
  }
  const judge = (by: Context, caseNumber: number) =>
    judgeCase(by, { caseNumber, verdict: "explained", words: "There is nothing to see here." });

  test("is nobody whose account, role or new password came from whom it is about, or since", async () => {
    const earlier = await puppetOf(eve!);
    const number = await caseOf(eve!);
    await expect(judge(earlier, number)).rejects.toEqual(refused("second-given"));
    await expect(judge(await puppetOf(eve!), number)).rejects.toEqual(refused("second-late"));
    const link = await makeNewLink(eve!, { personId: idOf(bob!) });
    await expect(judge(await comesBy(link, ["auditor"]), number)).rejects.toEqual(refused("second-reset"));
    await judge(story.ivy, number);
  });

  test("is, after a week, also somebody who came after it was opened: no case waits for ever", async () => {
    const number = await caseOf(story.ana);
    const late = await puppetOf(story.ada);
    await expect(judge(late, number)).rejects.toEqual(refused("second-late"));
    await owner()`UPDATE people SET created_at = created_at - interval '8 days' WHERE id = ${idOf(late)}`;
    await owner()`UPDATE person_roles SET granted_at = granted_at - interval '8 days' WHERE person_id = ${idOf(late)}`;
    await owner()`UPDATE anomaly_cases SET opened_at = opened_at - interval '9 days' WHERE number = ${number}`;
    await judge(late, number);
  });
});
