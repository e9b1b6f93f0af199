import { beforeAll, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { parsePeriod, readApprovers, type Period } from "@/lib/approvals/read-approvers";
import type { Context } from "@/lib/auth/context";
import { submitRequest } from "@/lib/requests/submit-request";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const lineOf = async (who: Context, whose: Context, days: Period = 30) =>
  (await readApprovers(who, days)).lines.find(({ id }) => id === whose.actor.personId);

type Vote = { ago: string; waited: string; verdict?: string };

/** A decision so long ago that came so long after its request. */
async function decided(who: Context, { ago, waited, verdict = "approve" }: Vote) {
  const { owner } = story.control;
  const { id } = await submitRequest(story.ana, story.draft());
  await owner`UPDATE requests SET state = 'withdrawn' WHERE id = ${id}`;
  await owner`
    INSERT INTO decisions (request_id, requester_id, approver_id, verdict, words, narrowed, decided_at, arrived_at)
    SELECT id, requester_id, ${who.actor.personId}, ${verdict}, 'x', ${verdict === "narrow" ? "{}" : null}::text::jsonb,
      at, at - ${waited}::interval FROM requests, (SELECT clock_timestamp() - ${ago}::interval AS at) AS moment
    WHERE id = ${id}`;
}

beforeAll(async () => {
  await decided(story.max, { ago: "1 day", waited: "10 minutes" });
  await decided(story.max, { ago: "2 days", waited: "20 minutes", verdict: "narrow" });
  await decided(story.max, { ago: "3 days", waited: "60 minutes", verdict: "deny" });
  await decided(story.max, { ago: "40 days", waited: "2 seconds" });
  await decided(story.max, { ago: "100 days", waited: "1 second" });
});

describe("the statistics of approvers", () => {
  test("count what was decided in the period: the median time, what was approved, narrowed, and in under 5 seconds", async () => {
    const all = { decisions: 3, approved: 2, narrowed: 1, hasty: 0 };
    const line = await lineOf(story.ivy, story.max);
    expect(line).toMatchObject({ name: "Max", ...all });
    expect(line!.seconds.map(Math.round)).toEqual([900, 1200, 2400]);
    expect(await lineOf(story.ivy, story.max, 90)).toMatchObject({ decisions: 4, approved: 3, hasty: 1 });
    expect((await readApprovers(story.ivy, 30)).together).toMatchObject({ name: "Everybody", ...all });
  });

  test("are of everybody for auditors, admins and policy admins, of oneself for an approver, and for nobody else", async () => {
    await decided(story.noor, { ago: "1 hour", waited: "1 hour" });
    for (const who of [story.ivy, story.ada, story.pia])
      expect(
        (await readApprovers(who, 30)).lines.map(({ name }) => name),
        who.actor.name,
      ).toEqual(["Max", "Noor"]);
    for (const who of [story.max, story.noor]) {
      const page = await readApprovers(who, 30);
      expect(page.lines.map(({ name }) => name)).toEqual([who.actor.name]);
      // All together is no way to the numbers of others.
      expect(page.together?.decisions).toBe(page.lines[0]!.decisions);
    }
    for (const who of [story.ana, story.sam])
      await expect(readApprovers(who, 30)).rejects.toEqual(refused("not-permitted"));
    expect((await readApprovers(story.vera, 30)).lines).toEqual([]);
  });

  test("time a later step from when the one before was filled", async () => {
    const { owner } = story.control;
    const pan = [{ columnId: story.column("pan"), level: "full" as const }];
    const { id } = await submitRequest(story.ana, story.draft({ fields: pan }));
    await owner`UPDATE requests SET created_at = created_at - interval '5 hours' WHERE id = ${id}`;
    await approveRequest(story.max, { requestId: id, version: 1, words: null });
    await owner`UPDATE decisions SET decided_at = decided_at - interval '3 minutes' WHERE request_id = ${id}`;
    await approveRequest(story.paul, { requestId: id, version: 2, words: null });
    const line = (await lineOf(story.ivy, story.paul))!;
    expect(Math.round(line.seconds[1] / 60)).toBe(3);
    expect(line).toMatchObject({ decisions: 1, hasty: 0 });
  });

  test("count as made in under 5 seconds what followed another decision of the same person, however long it had waited", async () => {
    for (const ago of ["10 minutes", "9 minutes 57 seconds", "9 minutes 54 seconds", "9 minutes"])
      await decided(story.noor, { ago, waited: "8 hours" });
    expect(await lineOf(story.ivy, story.noor)).toMatchObject({ decisions: 5, hasty: 2 });
  });

  test("see a decision at once that the product makes", async () => {
    const before = (await lineOf(story.ivy, story.max))!;
    const { id } = await submitRequest(story.ana, story.draft());
    await approveRequest(story.max, { requestId: id, version: 1, words: null });
    expect(await lineOf(story.ivy, story.max)).toMatchObject({
      decisions: before.decisions + 1,
      hasty: before.hasty + 1,
    });
  });

  test("are of 30 days unless the address says 90", () => {
    expect(["90", "30", "31", "0", "9e9", undefined, ["90", "30"], "' OR 1=1"].map(parsePeriod)).toEqual([
      90, 30, 30, 30, 30, 30, 30, 30,
    ]);
  });
});
