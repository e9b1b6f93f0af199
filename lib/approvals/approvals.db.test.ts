import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest, denySchema } from "@/lib/approvals/deny-request";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { signedIn, untilSomebodyWaits } from "@/lib/testing/control";
import { approved, codesOf, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const seen = (request: Submitted) => ({ requestId: request.id, version: 1, words: null });

describe("who decides", () => {
  test("never the requester: not by code, though an approver", async () => {
    const own = await submitRequest(story.max, story.draft());
    await expect(approveRequest(story.max, seen(own))).rejects.toEqual(refused("own-request"));
    await approveRequest(story.noor, seen(own));
  });

  test("never the requester: not by the database, even where its owner writes past the code", async () => {
    const { control, ana, max } = story;
    const { id } = await submitRequest(ana, story.draft());
    const vote = (requester: string, approver: string) => control.owner`
      INSERT INTO decisions (request_id, requester_id, approver_id, verdict, decided_at, arrived_at)
      VALUES (${id}, ${requester}, ${approver}, 'approve', clock_timestamp(), clock_timestamp())`;
    await expect(vote(ana.actor.personId, ana.actor.personId)).rejects.toMatchObject({
      constraint_name: "four_eyes",
    });
    // Nor by naming somebody else as the requester.
    await expect(vote(max.actor.personId, ana.actor.personId)).rejects.toMatchObject({ code: "23503" });
  });

  test("only who was asked, and of a request that exists", async () => {
    const request = await submitRequest(story.ana, story.draft());
    await expect(approveRequest(story.noor, seen(request))).rejects.toEqual(refused("not-an-approver"));
    await expect(approveRequest(story.ben, seen(request))).rejects.toEqual(refused("not-permitted"));
    const unknown = { requestId: story.table.id, version: 1, words: null };
    await expect(approveRequest(story.max, unknown)).rejects.toEqual(refused("not-found"));
  });

  test("not who lost the role after the page was loaded", async () => {
    const lead = await signedIn(story.control, { name: "Lead", roles: ["approver"] });
    const asker = await signedIn(story.control, {
      name: "Asker",
      roles: ["agent"],
      managerId: lead.actor.personId,
    });
    const request = await submitRequest(asker, story.draft());
    await story.control.owner`DELETE FROM person_roles WHERE person_id = ${lead.actor.personId}`;
    await expect(approveRequest(lead, seen(request))).rejects.toEqual(refused("not-permitted"));
  });

  test("not who loses the role while the decision waits for that change to commit", async () => {
    const lead = await signedIn(story.control, { name: "Lead", roles: ["approver"] });
    const asker = await signedIn(story.control, {
      name: "Asker",
      roles: ["agent"],
      managerId: lead.actor.personId,
    });
    const request = await submitRequest(asker, story.draft());
    const admin = postgres(story.control.database.ownerUrl, { max: 1 });
    let waiting: Promise<unknown> = Promise.resolve();
    await admin.begin(async (tx) => {
      await tx`SELECT FROM people WHERE id = ${lead.actor.personId} FOR UPDATE`;
      await tx`DELETE FROM person_roles WHERE person_id = ${lead.actor.personId}`;
      waiting = expect(approveRequest(lead, seen(request))).rejects.toEqual(refused("not-permitted"));
      await untilSomebodyWaits(story.control);
    });
    await waiting;
    await admin.end();
  });

  test("not a disabled approver", async () => {
    const lead = await signedIn(story.control, { name: "Lead", roles: ["approver"] });
    const asker = await signedIn(story.control, {
      name: "Asker",
      roles: ["agent"],
      managerId: lead.actor.personId,
    });
    const request = await submitRequest(asker, story.draft());
    await story.control.owner`UPDATE people SET state = 'disabled' WHERE id = ${lead.actor.personId}`;
    await expect(denyRequest(lead, { ...seen(request), words: "no" })).rejects.toEqual(
      refused("not-permitted"),
    );
  });
});

describe("a decision", () => {
  test("leaves a grant of exactly what was asked, in one event", async () => {
    const request = await submitRequest(story.ana, story.draft());
    const decided = await approveRequest(story.max, seen(request));
    expect(decided).toMatchObject({ requester: "Ana", viewSeconds: 300 });
    const [grant] = await story.control.owner`SELECT * FROM grants WHERE request_id = ${request.id}`;
    expect(grant).toMatchObject({
      holder_id: story.ana.actor.personId,
      records: [record(1)],
      view_seconds: 300,
      state: "ready",
      activated_at: null,
    });
    expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.approved"]);
  });

  test("of two at once, one counts and the other is told", async () => {
    const { control } = story;
    await control.owner`UPDATE people SET manager_id = NULL WHERE id = ${story.ben.actor.personId}`;
    for (let round = 0; round < 8; round++) {
      const request = await submitRequest(story.ben, story.draft());
      const outcomes = await Promise.allSettled([
        approveRequest(story.max, seen(request)),
        denyRequest(story.noor, { ...seen(request), words: "Not for this." }),
      ]);
      expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
      const lost = outcomes.find((outcome) => outcome.status === "rejected");
      expect(lost?.reason).toEqual(refused("already-decided"));
      const [rows] =
        await control.owner`SELECT count(*)::int AS n FROM decisions WHERE request_id = ${request.id}`;
      expect(rows?.["n"]).toBe(1);
    }
  });

  test("and a change of the catalogue that ends what waits: neither waits for the other forever", async () => {
    const request = await submitRequest(story.ana, story.draft());
    const steward = postgres(story.control.database.ownerUrl, { max: 1 });
    let waiting: Promise<unknown> = Promise.resolve();
    await steward.begin(async (tx) => {
      await tx`SELECT FROM sources FOR UPDATE`;
      waiting = approveRequest(story.max, seen(request)).then(
        () => "done",
        (error: unknown) => error,
      );
      await untilSomebodyWaits(story.control);
      await tx`SELECT FROM requests WHERE id = ${request.id} FOR UPDATE`;
    });
    expect(await waiting).toBe("done");
    await steward.end();
  });

  test("by the same person twice at once counts once", async () => {
    const request = await submitRequest(story.ana, story.draft());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => approveRequest(story.max, seen(request))),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const [rows] = await story.control
      .owner`SELECT count(*)::int AS n FROM grants WHERE request_id = ${request.id}`;
    expect(rows?.["n"]).toBe(1);
  });

  test("on another version than the approver saw is refused", async () => {
    const request = await submitRequest(story.ana, story.draft());
    await expect(approveRequest(story.max, { ...seen(request), version: 2 })).rejects.toEqual(
      refused("changed-meanwhile"),
    );
  });

  test("is refused from the first moment after the waiting time, though nobody has swept", async () => {
    const request = await submitRequest(story.ana, story.draft());
    await story.control.owner`
      UPDATE requests SET created_at = created_at - interval '25 hours', expires_at = clock_timestamp() WHERE id = ${request.id}`;
    await expect(approveRequest(story.max, seen(request))).rejects.toEqual(refused("request-expired"));
  });

  test("is refused when the request was changed around Glimpse", async () => {
    const request = await submitRequest(story.ana, story.draft());
    const wider = [record(1), record(2), record(3)];
    await story.control
      .owner`UPDATE requests SET refs = refs || refs || refs, records = ${wider} WHERE id = ${request.id}`;
    await expect(approveRequest(story.max, seen(request))).rejects.toEqual(refused("request-altered"));
  });

  test("leaves nothing behind when its event cannot be written", async () => {
    const request = await submitRequest(story.ana, story.draft());
    await story.control.owner`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$`;
    await story.control
      .owner`CREATE TRIGGER full_disk BEFORE INSERT ON audit_events EXECUTE FUNCTION full_disk()`;
    await expect(approveRequest(story.max, seen(request))).rejects.toMatchObject({ code: "53100" });
    await story.control.owner`DROP TRIGGER full_disk ON audit_events`;
    const [row] = await story.control.owner`
      SELECT state, (SELECT count(*)::int FROM grants g WHERE g.request_id = r.id) AS grants,
        (SELECT count(*)::int FROM decisions d WHERE d.request_id = r.id) AS decisions FROM requests r WHERE id = ${request.id}`;
    expect(row).toEqual({ state: "pending", grants: 0, decisions: 0 });
  });
});

describe("a narrowing", () => {
  const wide = () =>
    story.draft({
      records: [record(1), record(2)],
      fields: [
        { columnId: story.column("email"), level: "full" },
        { columnId: story.column("phone"), level: "partial" },
      ],
    });

  test("grants less: fewer fields, fewer records, less time", async () => {
    const request = await submitRequest(story.ana, wide());
    const less = { columnIds: [story.column("email")], records: [record(2)], viewSeconds: 60 };
    await narrowRequest(story.max, { ...seen(request), ...less });
    const [grant] = await story.control
      .owner`SELECT records, fields, view_seconds FROM grants WHERE request_id = ${request.id}`;
    expect(grant).toMatchObject({
      records: [record(2)],
      fields: [{ column: "email", level: "full" }],
      view_seconds: 60,
    });
    expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.narrowed"]);
  });

  test("grants a part of a value instead of all of it, and only where there is a part", async () => {
    const request = await submitRequest(story.ana, wide());
    const detail = await readInboxRequest(story.max, request.number);
    expect(detail.partialPossible).toEqual([story.column("email")]);
    await narrowRequest(story.max, { ...seen(request), partialIds: [story.column("email")] });
    const [grant] = await story.control.owner`SELECT fields FROM grants WHERE request_id = ${request.id}`;
    expect(grant).toMatchObject({
      fields: [
        { column: "email", level: "partial" },
        { column: "phone", level: "partial" },
      ],
    });
  });

  test("is refused for a part of a value that has none", async () => {
    const pan = story.column("pan");
    const request = await submitRequest(
      story.ana,
      story.draft({ fields: [{ columnId: pan, level: "full" }] }),
    );
    // Beside a token of the number no part of it may be shown.
    const [before] = await story.control.owner<{ mask: string }[]>`
      SELECT mask::text AS mask FROM catalog_columns WHERE id = ${pan}`;
    await story.control.owner`
      UPDATE catalog_columns SET mask = '{"method":"pseudonym","as":"code"}' WHERE id = ${pan}`;
    const part = { ...seen(request), partialIds: [pan] };
    await expect(narrowRequest(story.max, part)).rejects.toEqual(refused("no-partial-form"));
    await story.control
      .owner`UPDATE catalog_columns SET mask = ${before!.mask}::text::jsonb WHERE id = ${pan}`;
  });

  test.each<[string, () => object, string]>([
    ["another field", () => ({ columnIds: [story.column("email"), story.column("pan")] }), "widened"],
    ["another record", () => ({ records: [record(1), record(3)] }), "widened"],
    ["more time", () => ({ viewSeconds: 301 }), "widened"],
    ["a part of what was not asked for", () => ({ partialIds: [story.column("pan")] }), "widened"],
    [
      "a part of what it leaves out",
      () => ({ columnIds: [story.column("phone")], partialIds: [story.column("email")] }),
      "widened",
    ],
    ["a part of what is a part already", () => ({ partialIds: [story.column("phone")] }), "not-narrower"],
    ["no field at all", () => ({ columnIds: [] }), "widened"],
    ["no record at all", () => ({ records: [] }), "widened"],
    ["everything as it was", () => ({ viewSeconds: 300 }), "not-narrower"],
    ["everything as it was, twice", () => ({ records: [record(1), record(2), record(1)] }), "not-narrower"],
  ])("is refused for %s", async (_, change, code) => {
    const request = await submitRequest(story.ana, wide());
    await expect(narrowRequest(story.max, { ...seen(request), ...change() })).rejects.toEqual(refused(code));
    expect(await codesOf(story, request.id)).toEqual(["request.submitted"]);
  });
});

test("a denial needs words, by its form and by the database", async () => {
  const request = await submitRequest(story.ana, story.draft());
  expect(denySchema.safeParse({ ...seen(request), words: "  " }).success).toBe(false);
  await expect(denyRequest(story.max, { ...seen(request), words: " " })).rejects.toMatchObject({
    code: "23514",
  });
  await denyRequest(story.max, { ...seen(request), words: "Call her instead." });
  expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.denied"]);
});

describe("revoking", () => {
  test("ends a grant at once, by its approver or an admin, and says why", async () => {
    for (const who of [story.max, story.ada]) {
      const { id, grantId } = await approved(story);
      await revokeGrant(who, { grantId, words: "No longer needed." });
      expect((await codesOf(story, id)).at(-1)).toBe("grant.revoked");
      await expect(revokeGrant(who, { grantId, words: "Again." })).rejects.toEqual(refused("grant-revoked"));
    }
  });

  test("is for nobody else", async () => {
    const { grantId } = await approved(story);
    for (const who of [story.noor]) {
      await expect(revokeGrant(who, { grantId, words: "No." })).rejects.toEqual(refused("not-found"));
    }
    for (const who of [story.ana, story.ben, story.sam, story.ivy]) {
      await expect(revokeGrant(who, { grantId, words: "No." })).rejects.toEqual(refused("not-permitted"));
    }
  });
});
