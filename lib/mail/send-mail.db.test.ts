import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { systemContext } from "@/lib/auth/system-context";
import { Jobs } from "@/lib/jobs/jobs";
import { collectMail } from "@/lib/mail/collect-mail";
import { claimNext, keepNotices, packDue } from "@/lib/mail/outbox";
import { readClock } from "@/lib/mail/read-people";
import { sendMail, type Sending } from "@/lib/mail/send-mail";
import { askTestMail, readMailState } from "@/lib/mail/watch-mail";
import { submitRequest } from "@/lib/requests/submit-request";
import { signedIn } from "@/lib/testing/control";
import { startInstance } from "@/lib/testing/job-instance";
import type { Received } from "@/lib/testing/mail-server";
import { useMailServer } from "@/lib/testing/mail-turns";
import { useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const short = { connectionMs: 300, answerMs: 300, wholeMs: 800 };
const patience = { timeout: 30_000, interval: 50 };

const collect = async () => collectMail(systemContext(), await readClock(systemContext()));
const send = (sending: Partial<Sending> = {}) =>
  sendMail(systemContext(), {
    msAtMost: 20_000,
    stopping: new AbortController().signal,
    patience: short,
    ...sending,
  });
/** What waits or went out, as it is stored. */
const outbox = () =>
  story.control.owner<
    {
      kind: string;
      state: string;
      failure: string | null;
      attempts: number;
      waits_s: number;
      lease: string | null;
    }[]
  >`SELECT kind, state, failure, attempts, lease, extract(epoch FROM due_at - clock_timestamp())::float AS waits_s
    FROM glimpse_jobs.mail ORDER BY created_at, id`;
const dueAgain = () =>
  story.control
    .owner`UPDATE glimpse_jobs.mail SET due_at = clock_timestamp() - interval '1 second' WHERE state = 'waiting'`;
const subjects = (received: readonly Received[]) =>
  received.map(({ headers }) => headers.get("subject") ?? "");
const sorted = (words: readonly string[]) => words.toSorted((one, other) => one.localeCompare(other));
const ask = () => submitRequest(story.ana, story.draft());

beforeEach(async () => {
  post.manner = "takes";
  await collect();
  await story.control.owner`DELETE FROM glimpse_jobs.mail`;
  await story.control.owner`DELETE FROM glimpse_jobs.job`;
  post.received.length = 0;
});

describe("several instances", () => {
  test("that collect and send at once tell each person once", async () => {
    const asked = [await ask(), await ask(), await ask()];
    for (const { id } of asked)
      await denyRequest(story.max, { requestId: id, version: 1, words: "Not without a ticket." });
    await Promise.all([collect(), collect(), collect()]);
    // Alone each, so that there is something to race for.
    await story.control.owner`UPDATE glimpse_jobs.mail SET urgent = true`;
    await Promise.all([send(), send(), send(), send()]);
    expect(sorted(subjects(post.received))).toEqual(
      sorted(asked.map(({ number }) => `Glimpse: Request ${number} was denied`)),
    );
    expect(new Set(post.received.map(({ headers }) => headers.get("message-id"))).size).toBe(3);
    await Promise.all([collect(), send()]);
    expect(post.received).toHaveLength(3);
  });

  test("that claim at once claim each message once, while its lease lasts", async () => {
    const { owner } = story.control;
    const due = new Date();
    const rows = Array.from({ length: 60 }, (_, at) => ({
      personId: story.ana.actor.personId,
      ...{
        kind: "test",
        about: String(at),
        code: null,
        requestId: null,
        actorId: null,
        urgent: true,
        dueAt: due,
      },
    }));
    await keepNotices(rows);
    await packDue(due);
    const claims = Array.from({ length: 90 }, () => claimNext(due, 60));
    const claimed = (await Promise.all(claims)).flatMap((parcel) => (parcel ? [parcel.message] : []));
    expect(claimed).toHaveLength(60);
    expect(new Set(claimed).size).toBe(60);
    expect(await owner`SELECT DISTINCT attempts FROM glimpse_jobs.mail`).toEqual([{ attempts: 1 }]);
  });

  test("put what is due for one person into one message", async () => {
    const asked = [await ask(), await ask(), await ask()];
    await collect();
    await Promise.all([send(), send()]);
    expect(post.received).toHaveLength(1);
    expect(subjects(post.received)).toEqual(["Glimpse: 3 notices"]);
    for (const { number } of asked) expect(post.received[0]?.text).toContain(`/inbox?request=${number}`);
  });

  test("that are killed between claim and answer leave the message to another, under the same name", async () => {
    await ask();
    await collect();
    post.manner = "stuck";
    const instance = await startInstance();
    const jobs = new Jobs({ workers: idle, everyMinute: () => Promise.resolve() });
    await jobs.send("mail-send", { id: "send", key: "send" });
    await jobs.stop();
    await expect.poll(() => post.received.length, patience).toBe(1);
    await instance.kill();
    post.manner = "takes";
    expect((await outbox())[0]).toMatchObject({ state: "waiting", lease: expect.any(String) });
    await send();
    expect(post.received, "nobody sends it while the lease lasts").toHaveLength(1);
    await story.control.owner`UPDATE glimpse_jobs.mail SET leased_until = clock_timestamp()`;
    await send();
    expect(post.received).toHaveLength(2);
    const names = post.received.map(({ headers }) => headers.get("message-id"));
    expect(names[0]).toMatch(/^<[0-9a-f-]{36}@127\.0\.0\.1>$/);
    expect(names[1]).toBe(names[0]);
    expect(await outbox()).toMatchObject([{ state: "sent", attempts: 2 }]);
  });

  test("that are killed while they collect leave the mark where it was: nothing is lost and nothing told twice", async () => {
    const [mark] = await story.control.owner<{ seq: string }[]>`SELECT seq FROM glimpse_jobs.mail_mark`;
    await ask();
    await collect();
    await story.control.owner`UPDATE glimpse_jobs.mail_mark SET seq = ${mark!.seq}`;
    await collect();
    expect(await outbox()).toHaveLength(1);
    await send();
    expect(post.received).toHaveLength(1);
  });

  test("that stop in order give what they send back at once", async () => {
    await ask();
    await collect();
    post.manner = "stuck";
    const stopping = new AbortController();
    const sending = send({
      stopping: stopping.signal,
      patience: { ...short, answerMs: 20_000, wholeMs: 20_000 },
    });
    await expect.poll(() => post.received.length, patience).toBe(1);
    stopping.abort();
    await sending;
    expect(await outbox()).toMatchObject([{ state: "waiting", lease: null, failure: null }]);
    post.manner = "takes";
    await send();
    expect(await outbox()).toMatchObject([{ state: "sent" }]);
  });
});

test("who has had twenty messages in an hour gets the rest in one of the next, but what is urgent at once", async () => {
  const { owner } = story.control;
  await owner`INSERT INTO glimpse_jobs.mail (id, person_id, kind, about, urgent, due_at, message, state, settled_at)
    SELECT id, ${story.max.actor.personId}, 'decided', id::text, false, now(), id, 'sent', clock_timestamp()
    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 20)) AS sent`;
  await ask();
  await ask();
  await collect();
  await send();
  expect(post.received).toHaveLength(0);
  const later = new Date((await readClock(systemContext())).getTime() + 61 * 60_000);
  await send({ now: later });
  expect(subjects(post.received)).toEqual(["Glimpse: 2 notices"]);
});

test("a message that cannot be made is put off, and what waits behind it goes out", async () => {
  await askTestMail(story.ada);
  await ask();
  await collect();
  const { owner } = story.control;
  // Its request cannot be read: the route of its steps is none.
  await owner`ALTER TABLE requests DISABLE TRIGGER USER`;
  await owner`UPDATE requests SET route = '{"steps": null}' WHERE state = 'pending'`;
  await owner`UPDATE glimpse_jobs.mail SET urgent = (kind = 'decision_wanted'), due_at = due_at - interval '1 minute' WHERE kind = 'decision_wanted'`;
  await expect(send()).rejects.toThrow();
  await send();
  await owner`UPDATE requests SET state = 'withdrawn' WHERE state = 'pending'`;
  await owner`ALTER TABLE requests ENABLE TRIGGER USER`;
  expect(await outbox()).toMatchObject([
    { kind: "test", state: "sent" },
    { kind: "decision_wanted", state: "waiting", failure: "ours" },
  ]);
});

describe("a mail server", () => {
  test("that hangs delays mail and nothing else, and the admin reads it in our words", async () => {
    const { id } = await ask();
    await collect();
    for (const manner of ["silent", "stuck"] as const) {
      post.manner = manner;
      await dueAgain();
      const before = performance.now();
      const sending = send();
      if (manner === "silent")
        await approveRequest(story.max, { requestId: (await ask()).id, version: 1, words: null });
      await sending;
      expect(performance.now() - before).toBeLessThan(5_000);
      const [first] = await outbox();
      expect(first).toMatchObject({ state: "waiting", failure: "silent", lease: null });
      expect(first!.waits_s).toBeGreaterThan(30);
    }
    expect(await readMailState(story.ada)).toMatchObject({
      waiting: 1,
      oldestAt: expect.any(String),
      failure: { words: "The mail server does not answer in time" },
    });
    post.manner = "takes";
    await dueAgain();
    await send();
    expect(await outbox()).toMatchObject([{ kind: "decision_wanted", state: "sent", attempts: 3 }]);
    expect(await story.control.owner`SELECT state FROM requests WHERE id = ${id}`).toEqual([
      { state: "pending" },
    ]);
  });

  test("that is down is asked for one message, and not for all that wait", async () => {
    for (let at = 0; at < 5; at++) await ask();
    await collect();
    await story.control.owner`UPDATE glimpse_jobs.mail SET urgent = true`;
    post.manner = "shut";
    const before = post.connections;
    await send();
    expect(post.connections - before).toBe(1);
    expect((await outbox()).filter(({ failure }) => failure !== null)).toHaveLength(1);
  });

  test("that puts a message off (4xx) gets it later, each time after longer", async () => {
    await ask();
    await collect();
    post.manner = "later";
    const waits: number[] = [];
    for (let at = 0; at < 3; at++) {
      await send();
      const [row] = await outbox();
      expect(row).toMatchObject({ state: "waiting", failure: "not-now" });
      waits.push(row!.waits_s);
      await dueAgain();
    }
    expect(waits.map((seconds) => Math.round(seconds / 60))).toEqual([1, 2, 4]);
    post.manner = "takes";
    await send();
    expect(post.received).toHaveLength(1);
  });

  test("that refuses a message (5xx) is not asked again, and the others still go out", async () => {
    await ask();
    await collect();
    post.manner = "refuses";
    await send();
    expect(await outbox()).toMatchObject([{ state: "failed", failure: "refused", attempts: 1 }]);
    post.manner = "takes";
    await ask();
    await collect();
    await send();
    expect(post.received).toHaveLength(1);
    const state = await readMailState(story.ada);
    expect(state).toMatchObject({ failedToday: 1, sentToday: 1, waiting: 0 });
    expect(JSON.stringify(state)).not.toContain("secret words");
  });
});

describe("a message to try", () => {
  test("goes to the admin who asked, once a minute, and is on record", async () => {
    const admin = await signedIn(story.control, { name: "Alma", roles: ["admin"] });
    const outcomes = await Promise.allSettled([askTestMail(admin), askTestMail(admin)]);
    expect(outcomes.map(({ status }) => status).filter((status) => status === "fulfilled")).toHaveLength(1);
    await expect(askTestMail(admin)).rejects.toMatchObject({ code: "too-fast" });
    await expect(askTestMail(story.ana)).rejects.toMatchObject({ code: "not-permitted" });
    await collect();
    await send();
    expect(subjects(post.received)).toEqual(["Glimpse: A message to try"]);
    const [ada] = await story.control.owner<{ email: string }[]>`
      SELECT email FROM people WHERE id = ${admin.actor.personId}`;
    expect(post.received[0]?.to).toEqual([ada?.email]);
    await expect(readMailState(story.ana)).rejects.toMatchObject({ code: "not-permitted" });
  });
});

const idle = {
  discovery: () => Promise.resolve("done" as const),
  "discovery-lost": () => Promise.resolve("done" as const),
  "mail-collect": () => Promise.resolve("done" as const),
  "mail-send": () => Promise.resolve("done" as const),
  anomalies: () => Promise.resolve("done" as const),
  "audit-prune": () => Promise.resolve("done" as const),
};
