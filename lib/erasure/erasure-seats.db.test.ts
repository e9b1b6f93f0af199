import { beforeAll, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Context } from "@/lib/auth/context";
import { listErasures } from "@/lib/erasure/list-erasures";
import { confirmErasure, withdrawErasure } from "@/lib/erasure/settle-erasure";
import { startErasure } from "@/lib/erasure/start-erasure";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { signedIn } from "@/lib/testing/control";
import { record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
/** A steward who asks for access as well, and the auditor who is her manager and approves it. */
let sue: Context;
let mia: Context;

beforeAll(async () => {
  mia = await signedIn(story.control, { name: "Mia", roles: ["approver", "auditor"] });
  const managerId = mia.actor.personId;
  sue = await signedIn(story.control, { name: "Sue", roles: ["agent", "steward"], managerId });
});

async function ask(who: Context, key: number, related = false): Promise<{ erasureId: string }> {
  const { number } = await startErasure(who, {
    ...{ tableId: story.table.id, key: String(key), related },
    ...{ reference: "DSR-19", reason: "They asked for it in writing." },
  });
  const [row] = await story.control.owner<{ id: string }[]>`SELECT id FROM erasures WHERE number = ${number}`;
  return { erasureId: row!.id };
}

/** What Sue was granted by Mia and opened; the id of the request. */
async function opened(key: number): Promise<string> {
  const { id } = await submitRequest(sue, story.draft({ records: [record(key)] }));
  await approveRequest(mia, { requestId: id, version: 1, words: null });
  const [grant] = await story.control.owner<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${id}`;
  await activateGrant(sue, grant!.id);
  await revealFields(sue, { grantId: grant!.id });
  return id;
}

const said = async (code: string) => {
  const rows = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE code = ${code} ORDER BY seq DESC LIMIT 1`;
  return JSON.parse(rows[0]!.entry) as { resource: { records: string[]; recordCount: number } };
};

describe("whoever had part in an access to a record", () => {
  test("neither asks to forget it nor confirms: not who opened it, nor who approved that", async () => {
    await opened(1);
    await expect(ask(sue, 1)).rejects.toEqual(refused("erasure-of-own-access"));
    await expect(ask(mia, 1)).rejects.toEqual(refused("erasure-of-own-access"));
    const which = await ask(story.sam, 1);
    await expect(confirmErasure(sue, which)).rejects.toEqual(refused("erasure-of-own-access"));
    await expect(confirmErasure(mia, which)).rejects.toEqual(refused("erasure-of-own-access"));
    const [line] = (await listErasures(story.ivy)).waiting;
    expect(line!.looked).toEqual([{ name: "Sue", times: 1 }]);
    await confirmErasure(story.ivy, which);
  });

  test("is found as late as that: who asked first and looked afterwards", async () => {
    const which = await ask(sue, 3);
    await opened(3);
    await expect(confirmErasure(story.ivy, which)).rejects.toEqual(refused("erasure-of-own-access"));
    await withdrawErasure(sue, which);
  });

  test("is waited for by an erasure, until the review of it or the case of its day is judged", async () => {
    const { owner } = story.control;
    const requestId = await opened(2);
    const which = await ask(story.sam, 2);
    const [by, judge] = [sue.actor.personId, story.ivy.actor.personId];
    await owner`INSERT INTO reviews (request_id, requester_id, kind, reason, audience, skipped_ids, opened_at, due_at)
      VALUES (${requestId}, ${by}, 'emergency', 'Somebody was in danger at once.', ARRAY['approvers'], ARRAY[]::uuid[],
        clock_timestamp(), clock_timestamp() + interval '1 day')`;
    await expect(confirmErasure(story.ivy, which)).rejects.toEqual(refused("erasure-unjudged"));
    await expect(ask(story.sam, 2)).rejects.toEqual(refused("erasure-unjudged"));
    await owner`UPDATE reviews SET reviewer_id = ${judge}, verdict = 'justified', words = 'They were.',
      reviewed_at = clock_timestamp() WHERE request_id = ${requestId}`;
    // By a calendar that they chose: it is tomorrow there, and the database does not know the zone.
    await owner`INSERT INTO anomaly_cases (person_id, day, zone)
      VALUES (${by}, (clock_timestamp() AT TIME ZONE 'UTC')::date + 1, 'AET')`;
    await expect(confirmErasure(story.ivy, which)).rejects.toEqual(refused("erasure-unjudged"));
    await owner`UPDATE anomaly_cases SET state = 'explained', judged_by = ${judge}, words = 'She was on call.',
      salt = sha256('salt'), judged_at = clock_timestamp() WHERE person_id = ${by}`;
    await confirmErasure(story.ivy, which);
  });
});

describe("afterwards the log tells", () => {
  test("which of its entries became nameless, and by which erasure", async () => {
    await submitRequest(story.ana, story.draft({ records: [record(1)] }));
    const ref = (await refOf(story, 1))!;
    const which = await ask(story.sam, 1);
    await confirmErasure(story.ivy, which);
    expect(await refOf(story, 1), "its key is gone").toBeUndefined();
    for (const code of ["erasure.started", "erasure.done"])
      expect((await said(code)).resource, code).toMatchObject({ records: [ref], recordCount: 1 });
    const found = await story.control.owner<{ code: string }[]>`
      SELECT e.code FROM audit_subjects s JOIN audit_events e USING (seq) WHERE s.head = subject_head(${ref}) ORDER BY seq`;
    expect(found.map(({ code }) => code)).toEqual(["request.submitted", "erasure.started", "erasure.done"]);
  });

  test("whom somebody looked for by an erasure that they took back", async () => {
    const which = await ask(story.sam, 3, true);
    await withdrawErasure(story.sam, which);
    const ref = await refOf(story, 3);
    for (const code of ["erasure.previewed", "erasure.started", "erasure.withdrawn"])
      expect((await said(code)).resource.records, code).toEqual([ref]);
  });
});
