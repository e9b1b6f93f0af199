import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { readTable } from "@/lib/catalog/read-table";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { recordCopy } from "@/lib/reveals/record-copy";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { signedIn, untilSomebodyWaits } from "@/lib/testing/control";
import { approved, codesOf, jane, record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });

async function open(change: Parameters<typeof approved>[1] = {}) {
  const grant = await approved(story, change);
  await activateGrant(story.ana, grant.grantId);
  return grant;
}

describe("a reveal", () => {
  test("opens the granted fields of the granted records, and was on record before", async () => {
    const { id, grantId } = await open({
      records: [record(1), record(2), record(3)],
      fields: [
        { columnId: story.column("email"), level: "full" },
        { columnId: story.column("phone"), level: "full" },
      ],
    });
    const { values, msLeft } = await revealFields(story.ana, { grantId });
    const value = (at: number, name: string) =>
      values.find((one) => one.record === record(at) && one.columnId === story.column(name))?.value;
    expect(values).toHaveLength(6);
    expect([value(1, "email"), value(1, "phone")]).toEqual([jane.email, jane.phone]);
    expect([value(2, "phone"), value(3, "email")]).toEqual([null, ""]);
    expect(msLeft).toBeGreaterThan(290_000);
    expect(msLeft).toBeLessThanOrEqual(300_000);
    expect(await codesOf(story, id)).toEqual([
      "request.submitted",
      "request.approved",
      "grant.activated",
      "reveal.opened",
    ]);
  });

  test("names records and fields in its event, and no value", async () => {
    const { id, grantId } = await open();
    await revealFields(story.ana, { grantId });
    const rows = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE request_id = ${id} AND code = 'reveal.opened'`;
    expect(JSON.parse(rows[0]!.entry)).toMatchObject({
      actor: { name: "Ana" },
      approvers: [{ name: "Max" }],
      resource: {
        records: [await refOf(story, 1)],
        recordCount: 1,
        fields: ["email"],
        classes: ["email"],
        levels: ["full"],
      },
      details: { cells: 1 },
    });
    const everything = await story.control.owner`SELECT string_agg(entry, '') AS all FROM audit_events`;
    for (const value of Object.values(jane)) expect(everything[0]?.["all"]).not.toContain(value);
  });

  test("opens what is asked for and no more", async () => {
    const { grantId } = await open({ records: [record(1), record(2)] });
    const { values } = await revealFields(story.ana, {
      grantId,
      records: [record(2)],
      columnIds: [story.column("email")],
    });
    expect(values).toEqual([
      { record: record(2), columnId: story.column("email"), value: "luc@example.test" },
    ]);
  });

  test("of level partial opens the partial form, and the raw value does not cross the wire", async () => {
    const { grantId } = await open({ fields: [{ columnId: story.column("pan"), level: "partial" }] });
    const { values } = await revealFields(story.ana, { grantId });
    expect(values.map((one) => one.value)).toEqual(["•••••1111"]);
  });

  test.each<[string, () => object]>([
    ["another record", () => ({ records: [record(2)] })],
    ["another field", () => ({ columnIds: [story.column("pan")] })],
    ["a clear field", () => ({ columnIds: [story.column("country")] })],
    ["a field that does not exist", () => ({ columnIds: [story.table.id] })],
    ["one covered and one other record", () => ({ records: [record(1), record(3)] })],
  ])("does not open %s", async (_, wanted) => {
    const { id, grantId } = await open();
    await expect(revealFields(story.ana, { grantId, ...wanted() })).rejects.toEqual(refused("outside-grant"));
    expect(await codesOf(story, id)).not.toContain("reveal.opened");
  });

  test("says that a record is gone, on record, when it was deleted meanwhile", async () => {
    const { id, grantId } = await open({ records: [record(77)] });
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("record-gone"));
    expect((await codesOf(story, id)).slice(-2)).toEqual(["reveal.opened", "reveal.failed"]);
  });
});

describe("nobody else's grant", () => {
  test("can be activated, revealed, copied or given back", async () => {
    const { grantId } = await open();
    const cell = { grantId, record: record(1), columnId: story.column("email") };
    for (const who of [story.ben, story.max]) {
      await expect(activateGrant(who, grantId)).rejects.toEqual(refused("grant-not-yours"));
      await expect(revealFields(who, { grantId })).rejects.toEqual(refused("grant-not-yours"));
      await expect(recordCopy(who, cell)).rejects.toEqual(refused("grant-not-yours"));
      await expect(returnGrant(who, grantId)).rejects.toEqual(refused("grant-not-yours"));
    }
    const unknown = story.table.id;
    await expect(revealFields(story.ana, { grantId: unknown })).rejects.toEqual(refused("not-found"));
    await expect(activateGrant(story.ana, unknown)).rejects.toEqual(refused("not-found"));
  });
});

describe("a window", () => {
  test("does not open before it is activated", async () => {
    const { grantId } = await approved(story);
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("outside-grant"));
  });

  test("is counted from activation, and a second activation buys no fresh one", async () => {
    const { id, grantId } = await approved(story, { viewSeconds: 2 });
    const [first, second] = await Promise.all([
      activateGrant(story.ana, grantId),
      activateGrant(story.ana, grantId),
    ]);
    expect(Math.abs(first.msLeft - second.msLeft)).toBeLessThan(500);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const third = await activateGrant(story.ana, grantId);
    expect(third.msLeft).toBeLessThan(1_350);
    expect((await codesOf(story, id)).filter((code) => code === "grant.activated")).toHaveLength(1);
    await expect(
      story.control.owner`UPDATE grants SET ends_at = ends_at + interval '1 minute' WHERE id = ${grantId}`,
    ).rejects.toMatchObject({ code: "23000" });
  });

  test("refuses from the first tick after its end, though nobody has swept", async () => {
    const { id, grantId } = await open({ viewSeconds: 1 });
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-ended"));
    await expect(activateGrant(story.ana, grantId)).rejects.toEqual(refused("grant-ended"));
    const cell = { grantId, record: record(1), columnId: story.column("email") };
    await expect(recordCopy(story.ana, cell)).rejects.toEqual(refused("grant-ended"));
    await expect(returnGrant(story.ana, grantId)).rejects.toEqual(refused("grant-ended"));
    const [row] = await story.control.owner`SELECT state FROM grants WHERE id = ${grantId}`;
    expect(row?.["state"]).toBe("active");
    expect((await codesOf(story, id)).at(-1)).toBe("reveal.opened");
  });

  test("is not opened after the time to open it", async () => {
    const { grantId } = await approved(story);
    await story.control.owner`UPDATE grants SET activate_by = clock_timestamp() WHERE id = ${grantId}`;
    await expect(activateGrant(story.ana, grantId)).rejects.toEqual(refused("grant-lapsed"));
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-lapsed"));
  });

  test("ends with the grant: given back or revoked, nothing opens any more", async () => {
    const returned = await open();
    await returnGrant(story.ana, returned.grantId);
    await expect(revealFields(story.ana, { grantId: returned.grantId })).rejects.toEqual(
      refused("grant-returned"),
    );
    const revoked = await open();
    await revokeGrant(story.max, { grantId: revoked.grantId, words: "Enough." });
    await expect(revealFields(story.ana, { grantId: revoked.grantId })).rejects.toEqual(
      refused("grant-revoked"),
    );
    await expect(activateGrant(story.ana, revoked.grantId)).rejects.toEqual(refused("grant-revoked"));
  });
});

describe("a holder", () => {
  async function holder() {
    const person = await signedIn(story.control, {
      name: "Cleo",
      roles: ["agent"],
      managerId: story.max.actor.personId,
    });
    const grant = await approved({ ...story, ana: person });
    await activateGrant(person, grant.grantId);
    await revealFields(person, { grantId: grant.grantId });
    return { person, grant, id: person.actor.personId };
  }

  test.each<[string, (id: string, sessionId: string | null) => PromiseLike<unknown>]>([
    ["was disabled", (id) => story.control.owner`UPDATE people SET state = 'disabled' WHERE id = ${id}`],
    ["lost the role", (id) => story.control.owner`DELETE FROM person_roles WHERE person_id = ${id}`],
    [
      "was signed out elsewhere",
      (_, session) =>
        story.control.owner`UPDATE sessions SET ended_at = clock_timestamp() WHERE id = ${session}`,
    ],
    [
      "has a session that ran out",
      (_, session) =>
        story.control.owner`UPDATE sessions SET expires_at = clock_timestamp() WHERE id = ${session}`,
    ],
  ])("who %s sees nothing any more", async (_, change) => {
    const { person, grant, id } = await holder();
    await change(id, person.sessionId);
    await expect(revealFields(person, { grantId: grant.grantId })).rejects.toEqual(refused("not-permitted"));
  });

  test("who is disabled while the reveal waits for that to commit sees nothing", async () => {
    const { person, grant, id } = await holder();
    const admin = postgres(story.control.database.ownerUrl, { max: 1 });
    let waiting: Promise<unknown> = Promise.resolve();
    await admin.begin(async (tx) => {
      await tx`SELECT FROM people WHERE id = ${id} FOR UPDATE`;
      await tx`DELETE FROM person_roles WHERE person_id = ${id}`;
      waiting = expect(revealFields(person, { grantId: grant.grantId })).rejects.toEqual(
        refused("not-permitted"),
      );
      await untilSomebodyWaits(story.control);
    });
    await waiting;
    await admin.end();
  });
});

describe("what changed since the decision closes the grant", () => {
  const columns = (change: string) =>
    story.control.owner.unsafe(`UPDATE catalog_columns SET ${change} WHERE id = '${story.column("email")}'`);

  test.each([
    ["the type of a column", "type_name = 'integer'", "type_name = confirmed_type"],
    ["its class", "class_id = 'phone'", "class_id = 'email'"],
    [
      "its confirmation",
      `state = 'suspended', mask = '{"method":"hidden"}'`,
      `state = 'confirmed', mask = '{"method":"partial","shape":"email"}'`,
    ],
    ["its being there", "gone_at = clock_timestamp()", "gone_at = NULL"],
  ])("%s", async (_, change, back) => {
    const { id, grantId } = await open();
    await columns(change);
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("column-changed"));
    expect(await codesOf(story, id)).not.toContain("reveal.opened");
    await columns(back);
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
  });

  test("a steward who gives a column another class ends the grants on it", async () => {
    const { id, grantId } = await open({ fields: [{ columnId: story.column("phone"), level: "full" }] });
    const table = await readTable(story.sam, { tableId: story.table.id }, "catalog");
    const phone = table.columns.find((column) => column.name === "phone")!;
    const choice = {
      id: phone.id,
      version: phone.version,
      classId: "email",
      mask: { method: "redact" as const },
    };
    await confirmColumns(story.sam, { sourceId: table.source.id, choices: [choice] });
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-revoked"));
    expect((await codesOf(story, id)).at(-1)).toBe("grant.revoked");
  });

  test("a grant that somebody widened around Glimpse opens nothing at all", async () => {
    const { grantId } = await open();
    await story.control
      .owner`UPDATE grants SET refs = refs || refs, records = ${[record(1), record(2)]} WHERE id = ${grantId}`;
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("grant-altered"));
  });
});
