import { beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { listSchedules } from "@/lib/reports/read-schedules";
import { scheduleReport, stopSchedule } from "@/lib/reports/schedule-report";
import { tendSchedules } from "@/lib/reports/tend-schedules";
import { signedIn } from "@/lib/testing/control";
import { useMail, useMailServer } from "@/lib/testing/mail-turns";
import { useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const mail = useMail(story, post);
const refused = (code: string) => expect.objectContaining({ code });

const asked = (readers: readonly Context[], change: object = {}) => ({
  kind: "approvals",
  params: "from=2026-01-01&to=2026-01-31",
  every: "week" as const,
  readerIds: readers.map(({ actor }) => actor.personId),
  ...change,
});
const dueNow = () =>
  story.control
    .owner`UPDATE report_schedules SET next_at = clock_timestamp() - interval '1 second' WHERE ended_at IS NULL`;
const eventsOf = (code: string) =>
  story.control.owner<{ details: Record<string, string> }[]>`
    SELECT entry::jsonb -> 'details' AS details FROM audit_events WHERE code = ${code} ORDER BY seq`;

let iris: Context;

beforeEach(async () => {
  const { owner } = story.control;
  iris ??= await signedIn(story.control, { name: "Iris", roles: ["auditor"] });
  await owner`UPDATE report_schedules SET ended_at = clock_timestamp(), ended_why = 'stopped' WHERE ended_at IS NULL`;
});

describe("a report by mail", () => {
  test("comes once when it is due, as a link to the week before, however many instances look, and again the next week", async () => {
    await scheduleReport(story.ivy, asked([story.ivy, iris]));
    expect(await mail.told()).toEqual([]);
    await dueNow();
    await Promise.all([tendSchedules(), tendSchedules(), tendSchedules()]);
    const received = await mail.received();
    expect(received.map(({ to }) => to.join()).toSorted()).toEqual(
      [await mail.mailOf(story.ivy), await mail.mailOf(iris)].toSorted(),
    );
    const { from, to } = (await eventsOf("report.due")).at(-1)!.details as { from: string; to: string };
    expect([new Date(from).getUTCDay(), Date.parse(to) - Date.parse(from)]).toEqual([1, 6 * 86_400_000]);
    for (const { text } of received) {
      expect(text.replaceAll("&amp;", "&")).toContain(`/reports/approvals?from=${from}&to=${to}`);
      expect(text).not.toContain("Ana");
    }
    await tendSchedules();
    expect(await mail.told()).toEqual([]);
    const [schedule] = await listSchedules(story.ivy);
    const next = new Date(schedule!.nextAt);
    expect([next.getUTCDay(), next.getUTCHours()]).toEqual([1, 6]);
    expect(next.getTime()).toBeGreaterThan(Date.now());
  });

  test("does not come to whoever lost the role meanwhile, even when it was due before", async () => {
    await scheduleReport(story.ivy, asked([story.ivy, iris]));
    await dueNow();
    await tendSchedules();
    await story.control.owner`DELETE FROM person_roles WHERE person_id = ${iris.actor.personId}`;
    expect((await mail.received()).map(({ to }) => to.join())).toEqual([await mail.mailOf(story.ivy)]);
    await story.control
      .owner`INSERT INTO person_roles (person_id, role) VALUES (${iris.actor.personId}, 'auditor')`;
  });

  test("ends, on record, once its owner may not run it any more", async () => {
    await scheduleReport(iris, asked([story.ivy]));
    await story.control.owner`DELETE FROM person_roles WHERE person_id = ${iris.actor.personId}`;
    await dueNow();
    await tendSchedules();
    expect(await mail.told()).toEqual([]);
    expect((await eventsOf("report.schedule_ended")).at(-1)!.details).toMatchObject({ why: "owner-may-not" });
    expect(await listSchedules(story.ivy)).toEqual([]);
    await story.control
      .owner`INSERT INTO person_roles (person_id, role) VALUES (${iris.actor.personId}, 'auditor')`;
  });

  test("is stopped by its owner alone, and what was due then does not come", async () => {
    await scheduleReport(story.ivy, asked([story.ivy, iris], { every: "month" }));
    const [schedule] = await listSchedules(iris);
    expect(schedule).toMatchObject({ every: "month", isMine: false, readers: ["Iris", "Ivy"] });
    const scheduleId = schedule!.id;
    await expect(stopSchedule(iris, { scheduleId })).rejects.toEqual(refused("not-found"));
    await dueNow();
    await tendSchedules();
    await stopSchedule(story.ivy, { scheduleId });
    expect(await mail.told()).toEqual([]);
    await expect(stopSchedule(story.ivy, { scheduleId })).rejects.toEqual(refused("not-found"));
  });

  test("is one of twenty of a person at most, also of many that are set at once", async () => {
    const all = Array.from({ length: 24 }, () => scheduleReport(story.ivy, asked([story.ivy])));
    const ended = await Promise.allSettled(all);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    for (const { id } of await listSchedules(story.ivy)) await stopSchedule(story.ivy, { scheduleId: id });
  });

  test("goes to auditors alone, is set by auditors alone, and only where the report itself could be made", async () => {
    await expect(scheduleReport(story.ana, asked([story.ivy]))).rejects.toEqual(refused("not-permitted"));
    const wrong = [
      asked([story.ivy, story.ana]),
      asked([story.ivy], { params: "from=2026-01-01" }),
      asked([story.ivy], { params: "from=2026-01-01&to=2026-01-02&x=1" }),
    ];
    for (const one of wrong)
      await expect(scheduleReport(story.ivy, one)).rejects.toEqual(refused("bad-input"));
    await expect(scheduleReport(story.ivy, asked([story.ivy], { kind: "nothing" }))).rejects.toEqual(
      refused("not-found"),
    );
    expect(await listSchedules(story.ivy)).toEqual([]);
  });
});
