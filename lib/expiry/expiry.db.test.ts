import { describe, expect, test } from "vitest";
import { sweep } from "@/lib/expiry/sweep";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { submitRequest } from "@/lib/requests/submit-request";
import { approved, codesOf, useStory } from "@/lib/testing/story";

const story = useStory();

async function overdueRequest() {
  const { id } = await submitRequest(story.ana, story.draft());
  await story.control.owner`
    UPDATE requests SET created_at = created_at - interval '25 hours', expires_at = clock_timestamp() WHERE id = ${id}`;
  return id;
}

async function lapsedGrant() {
  const grant = await approved(story);
  await story.control.owner`UPDATE grants SET activate_by = clock_timestamp() WHERE id = ${grant.grantId}`;
  return grant;
}

async function endedGrant() {
  const grant = await approved(story, { viewSeconds: 1 });
  await activateGrant(story.ana, grant.grantId);
  await new Promise((resolve) => setTimeout(resolve, 1_010));
  return grant;
}

describe("the sweeper", () => {
  test("writes down what the clock has ended, each with its event, and nothing else", async () => {
    const waiting = await submitRequest(story.ana, story.draft());
    const ready = await approved(story);
    const [expired, lapsed, ended] = [await overdueRequest(), await lapsedGrant(), await endedGrant()];
    expect(await sweep()).toEqual({ expired: 1, lapsed: 1, ended: 1 });
    expect((await codesOf(story, expired)).at(-1)).toBe("request.expired");
    expect((await codesOf(story, lapsed.id)).at(-1)).toBe("grant.lapsed");
    expect((await codesOf(story, ended.id)).at(-1)).toBe("grant.ended");
    expect((await codesOf(story, waiting.id)).at(-1)).toBe("request.submitted");
    expect((await codesOf(story, ready.id)).at(-1)).toBe("request.approved");
    const [row] = await story.control
      .owner`SELECT state, closed_at = ends_at AS on_time FROM grants WHERE id = ${ended.grantId}`;
    expect(row).toEqual({ state: "ended", on_time: true });
  });

  test("writes nothing when there is nothing to write", async () => {
    const size = async () => (await story.control.owner`SELECT size FROM audit_head`)[0];
    const before = await size();
    expect(await sweep()).toEqual({ expired: 0, lapsed: 0, ended: 0 });
    expect(await size()).toEqual(before);
  });

  test("in many instances at once writes each end once", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, overdueRequest));
    await Promise.all(Array.from({ length: 6 }, sweep));
    while ((await sweep()).expired > 0);
    for (const id of ids) {
      expect((await codesOf(story, id)).filter((code) => code === "request.expired")).toHaveLength(1);
    }
  });

  test("takes more than one batch in turns", async () => {
    const id = await overdueRequest();
    await story.control.owner`
      INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
        risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at)
      SELECT requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds, risk,
        risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at
      FROM requests, generate_series(1, 149) WHERE id = ${id}`;
    expect([await sweep(), await sweep(), await sweep()].map((swept) => swept.expired)).toEqual([100, 50, 0]);
  });

  test("that dies before its commit leaves no end without its event; the next one writes it", async () => {
    const id = await overdueRequest();
    await story.control.owner`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$`;
    await story.control
      .owner`CREATE TRIGGER full_disk BEFORE INSERT ON audit_events EXECUTE FUNCTION full_disk()`;
    await expect(sweep()).rejects.toMatchObject({ code: "53100" });
    await story.control.owner`DROP TRIGGER full_disk ON audit_events`;
    const [row] = await story.control.owner`SELECT state FROM requests WHERE id = ${id}`;
    expect(row?.["state"]).toBe("pending");
    expect((await sweep()).expired).toBe(1);
  });
});
