import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { contextOfSession } from "@/lib/auth/read-session";
import { hashPassword } from "@/lib/auth/hash-password";
import { sealSessionId, sessionCookieName } from "@/lib/auth/session-cookie";
import { refuseUnreadable, signIn } from "@/lib/auth/sign-in";
import { endOwnSession, signOut } from "@/lib/auth/end-session";
import type { Context } from "@/lib/auth/context";
import { Refusal } from "@/lib/refusal";
import { useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";

const control = useControlDatabase();
keepsPromises(control);
const password = "orchard violin 19 teapot";
const email = "ana@marigold.example";
const nowhere = { ip: null, userAgent: "Test", replaces: null };
let anaId: string;

beforeAll(async () => {
  const [ana] = await control.owner<{ id: string }[]>`
    INSERT INTO people (email, name, state, password_hash)
    VALUES (${email}, 'Ana', 'active', ${await hashPassword(password)}) RETURNING id`;
  anaId = ana?.id ?? "";
  await control.owner`INSERT INTO person_roles (person_id, role) VALUES (${anaId}, 'agent')`;
});

beforeEach(async () => {
  await control.owner`DELETE FROM sign_in_failures`;
  await control.owner`UPDATE people SET state = 'active' WHERE id = ${anaId}`;
});

/** The code of the refusal that an attempt ends in, with the minutes of a lock. */
async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => "it went through",
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) return String(error);
  return [error.code, error.fields["minutes"]].filter(Boolean).join(" ");
}

async function eventsSince(seq: number) {
  return control.owner<{ code: string; entry: string; actor_id: string | null }[]>`
    SELECT code, entry, actor_id FROM audit_events WHERE seq >= ${seq} ORDER BY seq`;
}

async function nextSeq(): Promise<number> {
  const [head] = await control.owner<{ size: string }[]>`SELECT size FROM audit_head`;
  return Number(head?.size);
}

const attemptWith = (typed: string, ip: string | null = null) =>
  signIn({ email, password: typed }, { ...nowhere, ip });

async function contextOf(sessionId: string): Promise<Context | null> {
  return contextOfSession({ [sessionCookieName()]: await sealSessionId(sessionId) }, null);
}

describe("signing in", () => {
  test("the right password starts a session of one's own, on record in the same commit", async () => {
    const from = await nextSeq();
    const session = await signIn({ email: ` ${email.toUpperCase()} `, password }, nowhere);
    const ctx = await contextOf(session.id);
    expect(ctx?.actor.personId).toBe(anaId);
    expect(ctx?.actor.roles).toEqual(["agent"]);
    const [event] = await eventsSince(from);
    expect(event).toMatchObject({ code: "auth.signed_in", actor_id: anaId });
    expect(event?.entry).toContain(session.id);
  });

  test("a wrong password, an unknown address and a disabled person read the same", async () => {
    await control.owner`UPDATE people SET state = 'disabled' WHERE id = ${anaId}`;
    const disabled = await refusalOf(attemptWith(password));
    const unknown = await refusalOf(signIn({ email: "nobody@marigold.example", password }, nowhere));
    await control.owner`UPDATE people SET state = 'active' WHERE id = ${anaId}`;
    const wrong = await refusalOf(attemptWith("not the password"));
    expect([disabled, unknown, wrong]).toEqual(Array(3).fill("wrong-credentials"));
  });

  test("an unknown address takes as long as a wrong password", async () => {
    const timed = async (typed: string) => {
      const start = performance.now();
      await refusalOf(signIn({ email: typed, password: "not the password" }, nowhere));
      await control.owner`DELETE FROM sign_in_failures`;
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    // In turns, so that both meet the same load of the machine.
    for (let round = 0; round < 9; round++) {
      known.push(await timed(email));
      unknown.push(await timed(`nobody-${round}@marigold.example`));
    }
    // The quickest of each: a busy machine only adds time.
    const ratio = Math.min(...unknown) / Math.min(...known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test("a failure names who it was about but nothing that was typed", async () => {
    const from = await nextSeq();
    await refusalOf(attemptWith("tr0ub4dor-canary"));
    await refusalOf(signIn({ email: "secret-typed-here", password }, nowhere));
    const events = await eventsSince(from);
    expect(events.map(({ code }) => code)).toEqual(["auth.sign_in_failed", "auth.sign_in_failed"]);
    expect(events[0]?.entry).toContain('"name":"Ana"');
    expect(events.map(({ entry }) => entry).join()).not.toMatch(/canary|secret-typed-here/);
    const kept = await control.owner`SELECT subject FROM sign_in_failures`;
    expect(JSON.stringify(kept)).not.toContain("secret-typed-here");
  });
});

describe("lockout", () => {
  test("after five failures the right password does not help either, and the record says so", async () => {
    for (let tries = 0; tries < 5; tries++) await refusalOf(attemptWith("wrong"));
    const from = await nextSeq();
    expect(await refusalOf(attemptWith(password))).toBe("locked-out 1");
    expect((await eventsSince(from)).map(({ code }) => code)).toEqual(["auth.locked_out"]);
  });

  test("guesses sent side by side are no way around it: five are checked, no more", async () => {
    const guesses = Array.from({ length: 20 }, (_, index) => refusalOf(attemptWith(`guess ${index}`)));
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((outcome) => outcome === "wrong-credentials")).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === "locked-out 1")).toHaveLength(15);
  });

  test("the lock opens by itself, and the next failure locks for longer", async () => {
    for (let tries = 0; tries < 5; tries++) await refusalOf(attemptWith("wrong"));
    await control.owner`UPDATE sign_in_failures SET locked_until = clock_timestamp()`;
    expect(await refusalOf(attemptWith("wrong"))).toBe("wrong-credentials");
    expect(await refusalOf(attemptWith(password))).toBe("locked-out 2");
  });

  test("signing in forgets the failures of the account, not those of the address", async () => {
    for (let tries = 0; tries < 4; tries++) await refusalOf(attemptWith("wrong", "192.0.2.1"));
    await attemptWith(password, "192.0.2.1");
    const kept =
      await control.owner`SELECT failures, split_part(subject, ':', 1) AS kind FROM sign_in_failures`;
    expect(kept).toEqual([{ failures: 4, kind: "address" }]);
  });

  test("an address that tries many accounts is locked out of all of them, and others are not", async () => {
    for (let tries = 0; tries < 20; tries++) {
      await refusalOf(
        signIn({ email: `spray-${tries}@x.example`, password }, { ...nowhere, ip: "192.0.2.7" }),
      );
    }
    expect(await refusalOf(attemptWith(password, "192.0.2.7"))).toBe("locked-out 1");
    await expect(attemptWith(password, "192.0.2.8")).resolves.toHaveProperty("id");
  });
});

describe("a session", () => {
  test("whose person signed out is refused although its cookie is still good", async () => {
    const { id } = await attemptWith(password);
    const ctx = await contextOf(id);
    if (!ctx) throw new Error("no session");
    await signOut(ctx);
    expect(await contextOf(id)).toBeNull();
  });

  test("that is over, or whose person is disabled, is refused", async () => {
    const { id } = await attemptWith(password);
    await control.owner`UPDATE people SET state = 'disabled' WHERE id = ${anaId}`;
    expect(await contextOf(id)).toBeNull();
    await control.owner`UPDATE people SET state = 'active' WHERE id = ${anaId}`;
    expect(await contextOf(id)).not.toBeNull();
    await control.owner`UPDATE sessions SET expires_at = clock_timestamp() WHERE id = ${id}`;
    expect(await contextOf(id)).toBeNull();
  });

  test("cannot be planted: each sign-in makes a new one and ends the one that the browser had", async () => {
    const planted = await attemptWith(password);
    const mine = await signIn({ email, password }, { ...nowhere, replaces: planted.id });
    expect(mine.id).not.toBe(planted.id);
    expect(await contextOf(planted.id)).toBeNull();
    expect(await contextOf(mine.id)).not.toBeNull();
  });

  test("of somebody else looks as if there were none, and goes on", async () => {
    const theirs = await attemptWith(password);
    const [ben] = await control.owner<{ id: string }[]>`
      INSERT INTO people (email, name, state, password_hash)
      VALUES ('ben@marigold.example', 'Ben', 'active', ${await hashPassword(password)}) RETURNING id`;
    const mine = await signIn({ email: "ben@marigold.example", password }, nowhere);
    const ctx = await contextOf(mine.id);
    if (!ctx) throw new Error("no session");
    expect(ctx.actor.personId).toBe(ben?.id);
    expect(await refusalOf(endOwnSession(ctx, { sessionId: theirs.id }))).toBe("not-found");
    expect(await contextOf(theirs.id)).not.toBeNull();
  });

  test("is not opened by a cookie that somebody else encrypted, or by none", async () => {
    const { id } = await attemptWith(password);
    const sealed = await sealSessionId(id);
    const forged = `${sealed.slice(0, -3)}AAA`;
    for (const value of [forged, "", id, "a.b.c.d.e"]) {
      expect(await contextOfSession({ [sessionCookieName()]: value }, null)).toBeNull();
    }
  });
});

test("what is no sign-in at all is on record as one that failed, with nothing of what was sent", async () => {
  const seq = await nextSeq();
  const webRequest = "0b0e7a52-58a5-4f2c-9d0c-0d1b4c0f5a11";
  const userAgent = "<script>alert(1)</script> Firefox/140.0 Linux";
  expect(await refusalOf(refuseUnreadable({ ...nowhere, userAgent, webRequest }))).toBe("wrong-credentials");
  const [event] = await eventsSince(seq);
  expect(JSON.parse(event?.entry ?? "{}")).toMatchObject({
    ...{
      code: "auth.sign_in_failed",
      device: "Firefox on Linux",
      webRequest,
      details: { why: "unreadable" },
    },
  });
  expect(event?.entry).not.toContain("script");
});
