import { describe, expect, test } from "vitest";
import { contextOfSession } from "@/lib/auth/read-session";
import { sealSessionId, sessionCookieName } from "@/lib/auth/session-cookie";
import { signIn } from "@/lib/auth/sign-in";
import { visitorContext } from "@/lib/auth/system-context";
import { acceptInvitation, readInvitation } from "@/lib/people/accept-invitation";
import { disablePerson } from "@/lib/people/disable-person";
import { invitePerson, inviteSchema, makeNewLink } from "@/lib/people/invite-person";
import { findFirstAdminLink, firstAdminSchema, makeFirstAdmin } from "@/lib/people/make-first-admin";
import { offerFirstAdmin } from "@/lib/people/offer-first-admin";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";

const control = useControlDatabase();
keepsPromises(control);
const refused = (code: string): unknown => expect.objectContaining({ code });
const password = "orchard violin 19 teapot";
const ada = { name: "Ada", email: "ada@marigold.example", password, timeZone: "UTC", userAgent: null };
const tokenOf = (link: string | null) => new URL(link ?? "http://none").searchParams.get("token") ?? "";
const visitor = () => visitorContext(null);

describe("the first admin", () => {
  test("comes by one link, whichever of the instances that start at once has printed it, and at a later start", async () => {
    const links = await Promise.all(Array.from({ length: 4 }, () => offerFirstAdmin()));
    const all = new Set([...links, await offerFirstAdmin()]);
    expect(all.size).toBe(1);
    expect(await findFirstAdminLink(visitor(), tokenOf(links[0] ?? null))).toBe(true);
    const events = await control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE code = 'person.first_admin_link_made' ORDER BY seq`;
    const again = events.map(({ entry }) => (JSON.parse(entry) as { details: object }).details);
    expect(again).toEqual([false, true, true, true, true].map((value) => ({ again: value })));
  });

  test("comes by a new link once the one before has run out or cannot be printed again", async () => {
    const before = tokenOf(await offerFirstAdmin());
    await control.owner`UPDATE one_time_links SET expires_at = clock_timestamp()`;
    const next = tokenOf(await offerFirstAdmin());
    await control.owner`UPDATE one_time_links SET expires_at = expires_at - interval '1 hour' WHERE used_at IS NULL`;
    const last = tokenOf(await offerFirstAdmin());
    expect(new Set([before, next, last]).size).toBe(3);
    const works = [before, next, last].map((token) => findFirstAdminLink(visitor(), token));
    expect(await Promise.all(works)).toEqual([false, false, true]);
  });

  test("does not come by a link that has run out, is guessed, or is for something else", async () => {
    const token = tokenOf(await offerFirstAdmin());
    await control.owner`UPDATE one_time_links SET expires_at = clock_timestamp()`;
    await expect(makeFirstAdmin(visitor(), { ...ada, token })).rejects.toEqual(refused("link-invalid"));
    await expect(makeFirstAdmin(visitor(), { ...ada, token: "" })).rejects.toEqual(refused("link-invalid"));
    expect(await readInvitation(visitor(), tokenOf(await offerFirstAdmin()))).toBeNull();
  });

  test("is one, when two come with the same link at the same moment; looking used nothing up", async () => {
    const token = tokenOf(await offerFirstAdmin());
    await findFirstAdminLink(visitor(), token);
    const both = [ada, { ...ada, email: "eve@evil.example" }].map((who) =>
      makeFirstAdmin(visitor(), { ...who, token }),
    );
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const admins = await control.owner`SELECT person_id FROM person_roles WHERE role = 'admin'`;
    expect(admins).toHaveLength(1);
  });

  test("is the last that is made this way: no start offers another link, and an old one does nothing", async () => {
    expect(await offerFirstAdmin()).toBeNull();
    await control.owner`
      UPDATE one_time_links SET used_at = NULL, expires_at = clock_timestamp() + interval '1 hour'`;
    const [link] = await control.owner<
      { token_hash: Buffer }[]
    >`SELECT token_hash FROM one_time_links LIMIT 1`;
    expect(link?.token_hash).toHaveLength(32);
    const before = await control.owner`SELECT count(*) FROM person_roles WHERE role = 'admin'`;
    await expect(makeFirstAdmin(visitor(), { ...ada, email: "x@y.example", token: "guess" })).rejects.toThrow(
      "link-invalid",
    );
    expect(await control.owner`SELECT count(*) FROM person_roles WHERE role = 'admin'`).toEqual(before);
  });

  test("needs a good password, a name that reads as itself, and an address", () => {
    const complaints = (change: object) =>
      firstAdminSchema
        .safeParse({ ...ada, token: "t", ...change })
        .error?.issues.map(({ path }) => path.join("."));
    expect(complaints({ password: "password1234" })).toEqual(["password"]);
    expect(complaints({ name: "Ada\u202Enimda" })).toEqual(["name"]);
    expect(complaints({ email: "ada@" })).toContain("email");
    expect(complaints({})).toBeUndefined();
  });
});

describe("an invitation", () => {
  const draft = { name: "Ben", email: "ben@marigold.example", roles: ["agent" as const], manager: null };
  const accept = (token: string, change: object = {}) =>
    acceptInvitation(visitor(), {
      token,
      name: "Ben",
      password,
      timeZone: "UTC",
      userAgent: null,
      ...change,
    });

  test("is made by admins alone, once for an address, with at least one role", async () => {
    const admin = await signedIn(control, { name: "Ada", roles: ["admin"] });
    const agent = await signedIn(control, { name: "Ana", roles: ["agent"] });
    await expect(invitePerson(agent, draft)).rejects.toEqual(refused("not-permitted"));
    await invitePerson(admin, draft);
    await expect(invitePerson(admin, draft)).rejects.toEqual(refused("bad-input"));
    expect(inviteSchema.safeParse({ ...draft, roles: [] }).success).toBe(false);
    expect(inviteSchema.safeParse({ ...draft, roles: ["owner"] }).success).toBe(false);
  });

  test("lets nobody in before it is accepted, and then once", async () => {
    const admin = await signedIn(control, { name: "Ada", roles: ["admin"] });
    const { link } = await invitePerson(admin, { ...draft, email: "cem@marigold.example" });
    const attempt = signIn(
      { email: "cem@marigold.example", password },
      { ip: null, userAgent: null, replaces: null },
    );
    await expect(attempt).rejects.toEqual(refused("wrong-credentials"));
    const { sessionId } = await accept(tokenOf(link), { name: "Cem" });
    const cookies = { [sessionCookieName()]: await sealSessionId(sessionId) };
    expect((await contextOfSession(cookies, null))?.actor).toMatchObject({ name: "Cem", roles: ["agent"] });
    await expect(accept(tokenOf(link))).rejects.toEqual(refused("link-invalid"));
  });

  test("works no more when a newer one was made, it ran out, or its person was disabled", async () => {
    const admin = await signedIn(control, { name: "Ada", roles: ["admin"] });
    const { link } = await invitePerson(admin, { ...draft, email: "dua@marigold.example" });
    const [dua] = await control.owner<
      { id: string }[]
    >`SELECT id FROM people WHERE email = 'dua@marigold.example'`;
    const personId = dua?.id ?? "";
    const newer = await makeNewLink(admin, { personId });
    await expect(accept(tokenOf(link))).rejects.toEqual(refused("link-invalid"));
    await disablePerson(admin, { personId, version: 1 });
    await expect(accept(tokenOf(newer.link))).rejects.toEqual(refused("link-invalid"));
    await expect(makeNewLink(admin, { personId })).rejects.toEqual(refused("not-found"));
  });

  test("for a new password ends all older sessions and unlocks the account", async () => {
    const admin = await signedIn(control, { name: "Ada", roles: ["admin"] });
    const agent = await signedIn(control, { name: "Eli", roles: ["agent"] });
    const { link } = await makeNewLink(admin, { personId: agent.actor.personId });
    await expect(accept(tokenOf(link), { password: "123456789012" })).rejects.toEqual(refused("bad-input"));
    await accept(tokenOf(link));
    const rows = await control.owner`SELECT ended_why FROM sessions WHERE id = ${agent.sessionId}`;
    expect(rows).toEqual([{ ended_why: "password-changed" }]);
  });

  test("is not made for oneself", async () => {
    const admin = await signedIn(control, { name: "Ada", roles: ["admin"] });
    await expect(makeNewLink(admin, { personId: admin.actor.personId })).rejects.toEqual(
      refused("own-rights"),
    );
  });

  test("keeps only a hash of its token, and the record has neither", async () => {
    const admin = await signedIn(control, { name: "Ada", roles: ["admin"] });
    const { link } = await invitePerson(admin, { ...draft, email: "fay@marigold.example" });
    const events = await control.owner<{ entry: string }[]>`SELECT entry FROM audit_events`;
    expect(events.map(({ entry }) => entry).join()).not.toContain(tokenOf(link));
  });
});
