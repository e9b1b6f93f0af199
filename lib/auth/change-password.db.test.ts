import { beforeEach, describe, expect, test } from "vitest";
import { changePassword, passwordSchema } from "@/lib/auth/change-password";
import type { Context } from "@/lib/auth/context";
import { hashPassword } from "@/lib/auth/hash-password";
import { signIn } from "@/lib/auth/sign-in";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";

const control = useControlDatabase();
keepsPromises(control);
const refused = (code: string): unknown => expect.objectContaining({ code });
const current = "orchard violin 19 teapot";
const password = "lantern 7 gravel choir";
let ana: Context;

beforeEach(async () => {
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  await control.owner`
    UPDATE people SET password_hash = ${await hashPassword(current)} WHERE id = ${ana.actor.personId}`;
});

async function liveSessions(): Promise<string[]> {
  const rows = await control.owner<{ id: string }[]>`
    SELECT id FROM sessions WHERE person_id = ${ana.actor.personId} AND ended_at IS NULL`;
  return rows.map(({ id }) => id);
}

async function emailOf(ctx: Context): Promise<string> {
  const [row] = await control.owner<
    { email: string }[]
  >`SELECT email FROM people WHERE id = ${ctx.actor.personId}`;
  return row?.email ?? "";
}

describe("a change of the password", () => {
  test("ends all other sessions and keeps the one in which it is made", async () => {
    await control.owner`
      INSERT INTO sessions (person_id, expires_at)
      SELECT ${ana.actor.personId}, clock_timestamp() + interval '1 hour' FROM generate_series(1, 3)`;
    expect(await changePassword(ana, { current, password })).toEqual({ ended: 3 });
    expect(await liveSessions()).toEqual([ana.sessionId]);
    const from = { ip: null, userAgent: null, replaces: null };
    const email = await emailOf(ana);
    await expect(signIn({ email, password: current }, from)).rejects.toEqual(refused("wrong-credentials"));
    await expect(signIn({ email, password }, from)).resolves.toHaveProperty("id");
  });

  test("needs the present password, and guesses of it lock the account as at sign-in", async () => {
    for (let guess = 0; guess < 5; guess++) {
      await expect(changePassword(ana, { current: `guess ${guess}`, password })).rejects.toEqual(
        refused("bad-input"),
      );
    }
    await expect(changePassword(ana, { current, password })).rejects.toEqual(refused("locked-out"));
    const from = { ip: null, userAgent: null, replaces: null };
    await expect(signIn({ email: await emailOf(ana), password: current }, from)).rejects.toEqual(
      refused("locked-out"),
    );
  });

  test("takes no password that is easy to guess", async () => {
    await expect(changePassword(ana, { current, password: "password1234" })).rejects.toEqual(
      refused("bad-input"),
    );
    expect(passwordSchema.safeParse({ current: "", password }).success).toBe(false);
  });

  test("leaves neither password in the record", async () => {
    await changePassword(ana, { current, password });
    const events = await control.owner<{ entry: string }[]>`SELECT entry FROM audit_events`;
    expect(events.map(({ entry }) => entry).join()).not.toMatch(/orchard|lantern/);
  });
});
