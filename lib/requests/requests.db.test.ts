import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { listMyRequests } from "@/lib/requests/list-my-requests";
import { previewRequest } from "@/lib/requests/preview-request";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { withdrawRequest } from "@/lib/requests/withdraw-request";
import { inGroup, signedIn } from "@/lib/testing/control";
import { codesOf, jane, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });

describe("what the sheet says while one types", () => {
  test("the rule, the steps with names, and what would make it automatic", async () => {
    const { tableId, ...draft } = story.draft({ ticket: null });
    await inGroup(story.control, "support", story.ben);
    const { route, brief } = await previewRequest(story.ben, { ...draft, tableId });
    expect(route).toMatchObject({
      outcome: "review",
      rule: "The manager of whoever asks decides.",
      steps: [{ state: "waits", ways: [{ count: 1, who: "the manager", people: ["Max"] }] }],
      lacks: [],
    });
    expect(route.automatic).toContain("Name a ticket.");
    expect(brief.risk.bars).toContainEqual(expect.objectContaining({ words: "No ticket" }));
    const granted = await previewRequest(story.ben, story.draft());
    expect(granted.route).toMatchObject({ outcome: "auto", steps: [], automatic: [] });
    await story.control.owner`DELETE FROM group_members WHERE person_id = ${story.ben.actor.personId}`;
  });
});

describe("what may be asked for", () => {
  test("a request freezes what the catalogue said, routes to the manager, and is on record", async () => {
    const sent = await submitRequest(story.ana, story.draft());
    const { view, events } = await readRequest(story.ana, sent.number);
    expect(sent.words).toBe("Max decides.");
    expect(view).toMatchObject({
      state: "pending",
      mine: true,
      ruleWords: "The manager of whoever asks decides.",
      eligible: [{ name: "Max" }],
      brief: { fields: [{ name: "email", classTitle: "E-mail address", sensitivity: 2, level: "full" }] },
    });
    expect(view.expiresInMs).toBeGreaterThan(23.9 * 3600_000);
    expect(events.map((event) => event.code)).toEqual(["request.submitted"]);
  });

  test.each<[string, () => object, string]>([
    [
      "a clear column",
      () => ({ fields: [{ columnId: story.column("country"), level: "full" }] }),
      "field-not-maskable",
    ],
    [
      "an unconfirmed column",
      () => ({ fields: [{ columnId: story.column("note"), level: "full" }] }),
      "field-not-maskable",
    ],
    [
      "a column of no table here",
      () => ({ fields: [{ columnId: story.table.id, level: "full" }] }),
      "field-not-maskable",
    ],
    [
      "a class that never opens",
      () => ({ fields: [{ columnId: story.column("cvv"), level: "full" }] }),
      "class-never-opens",
    ],
    ["a table that does not exist", () => ({ tableId: story.column("email") }), "not-found"],
    ["a record that is no handle", () => ({ records: ["1"] }), "bad-input"],
    [
      "a record of two keys",
      () => ({ records: [Buffer.from('["1","2"]').toString("base64url")] }),
      "bad-input",
    ],
    [
      "a record whose key is no number",
      () => ({ records: [Buffer.from(`["1 OR 1=1"]`).toString("base64url")] }),
      "bad-input",
    ],
    ["a token where keys are clear", () => ({ records: [`t_${"0".repeat(32)}`] }), "bad-input"],
  ])("not %s", async (_, change, code) => {
    await expect(submitRequest(story.ana, story.draft(change()))).rejects.toEqual(refused(code));
  });

  test("a class with a limit of its own shortens the view, and the answer says so", async () => {
    const sent = await submitRequest(
      story.ana,
      story.draft({ fields: [{ columnId: story.column("pan"), level: "full" }], viewSeconds: 1800 }),
    );
    expect(sent.words).toMatch(/^At most 5 minutes: pan \(Payment card number\) opens for no longer/);
    expect((await readRequest(story.ana, sent.number)).view.brief.viewSeconds).toBe(300);
  });

  test("the same record twice is one record", async () => {
    const sent = await submitRequest(story.ana, story.draft({ records: [record(1), record(1), record(2)] }));
    expect((await readRequest(story.ana, sent.number)).view.records).toEqual([record(1), record(2)]);
  });

  test("not by somebody whose role was taken away since the page was loaded", async () => {
    const late = await signedIn(story.control, {
      name: "Late",
      roles: ["agent"],
      managerId: story.max.actor.personId,
    });
    await story.control.owner`DELETE FROM person_roles WHERE person_id = ${late.actor.personId}`;
    await expect(submitRequest(late, story.draft())).rejects.toEqual(refused("not-permitted"));
  });

  test("what was asked cannot be changed by the application, whatever its code says", async () => {
    const { control } = story;
    const sent = await submitRequest(story.ana, story.draft());
    await expect(
      control.owner.begin(async (tx) => {
        await tx`SET LOCAL ROLE glimpse_app`;
        await tx`UPDATE requests SET reason = 'another reason altogether' WHERE id = ${sent.id}`;
      }),
    ).rejects.toMatchObject({ code: "42501" });
  });

  test("a script cannot bury the inbox under requests", async () => {
    const eager = await signedIn(story.control, {
      name: "Eager",
      roles: ["agent"],
      managerId: story.max.actor.personId,
    });
    const sent = await submitRequest(eager, story.draft());
    await story.control.owner`
      INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
        risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at)
      SELECT requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds, risk,
        risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at
      FROM requests, generate_series(1, 99) WHERE id = ${sent.id}`;
    await expect(submitRequest(eager, story.draft())).rejects.toEqual(refused("too-fast"));
    await story.control
      .owner`UPDATE requests SET state = 'withdrawn' WHERE requester_id = ${eager.actor.personId}`;
  });
});

describe("who sees a request", () => {
  test("its requester, its approvers and auditors; to all others it is not there", async () => {
    const { number } = await submitRequest(story.ana, story.draft());
    for (const who of [story.ana, story.max, story.ivy]) {
      expect((await readRequest(who, number)).view.number).toBe(number);
    }
    for (const who of [story.ben, story.noor, story.sam, story.ada]) {
      await expect(readRequest(who, number)).rejects.toEqual(refused("not-found"));
    }
    await expect(readRequest(story.ana, 999_999)).rejects.toEqual(refused("not-found"));
  });

  test("one's own list holds one's own requests, filtered by the state the clock says", async () => {
    const { id, number } = await submitRequest(story.ben, story.draft());
    await story.control
      .owner`UPDATE requests SET expires_at = created_at + interval '1 microsecond' WHERE id = ${id}`;
    const numbers = async (state?: "pending" | "expired") =>
      (await listMyRequests(story.ben, { state })).lines.map((line) => [line.number, line.state]);
    expect(await numbers()).toEqual([[number, "expired"]]);
    expect(await numbers("pending")).toEqual([]);
    expect(await numbers("expired")).toEqual([[number, "expired"]]);
  });
});

describe("a preview", () => {
  test("shows what the approver will see: masked values, the risk, and who decides", async () => {
    const preview = await previewRequest(story.ana, {
      ...story.draft({ records: [record(1), record(9)] }),
      reason: "",
    });
    expect(preview.route.words).toMatch(/^Max decides/);
    expect(preview.sample).toEqual({
      ok: true,
      columns: [
        { columnId: story.column("email"), name: "email", asked: true },
        { columnId: story.column("country"), name: "country", asked: false },
      ],
      records: [
        {
          handle: record(1),
          label: "1",
          cells: [
            { text: "j•••••@example.test", shown: "masked" },
            { text: "DE", shown: "clear" },
          ],
        },
        { handle: record(9), label: "9", cells: [] },
      ],
      more: 0,
    });
    expect(JSON.stringify(preview)).not.toContain(jane.email);
  });

  test("writes nothing", async () => {
    const count = () =>
      story.control.owner`SELECT (SELECT size FROM audit_head), (SELECT count(*) FROM requests)`;
    const before = await count();
    await previewRequest(story.ana, story.draft());
    expect(await count()).toEqual(before);
  });
});

describe("withdrawing", () => {
  test("takes back a waiting request of one's own, once", async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    await expect(withdrawRequest(story.ben, id)).rejects.toEqual(refused("not-found"));
    await withdrawRequest(story.ana, id);
    await expect(withdrawRequest(story.ana, id)).rejects.toEqual(refused("already-decided"));
    expect(await codesOf(story, id)).toEqual(["request.submitted", "request.withdrawn"]);
  });

  test("of a withdrawal and an approval at once, exactly one wins", async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await submitRequest(story.ana, story.draft());
      const outcomes = await Promise.allSettled([
        withdrawRequest(story.ana, id),
        approveRequest(story.max, { requestId: id, version: 1, words: null }),
      ]);
      expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
      const [lost] = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(lost?.reason).toEqual(refused("already-decided"));
      const [row] = await story.control.owner`
        SELECT state, (SELECT count(*)::int FROM grants WHERE request_id = ${id}) AS grants FROM requests WHERE id = ${id}`;
      expect([
        { state: "withdrawn", grants: 0 },
        { state: "approved", grants: 1 },
      ]).toContainEqual({ ...row });
    }
  });
});
