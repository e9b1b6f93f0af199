import "server-only";
import { expect } from "vitest";
import { openEmergency } from "@/lib/requests/open-emergency";
import { submitRequest } from "@/lib/requests/submit-request";
import { withdrawRequest } from "@/lib/requests/withdraw-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import {
  type AskedFor,
  contextOf,
  type Deed,
  deed,
  hasGrants,
  hasRequests,
  isStopped,
  may,
  type Model,
  pick,
  type Player,
  type Real,
  tried,
} from "./model";
import { policies } from "./policies";

export const submit = (who: Player, records: readonly string[]): Deed =>
  deed(`${who} asks`, async (model, real) => {
    const draft = real.story.draft({ records: [...records], ticket: "T-1" });
    const { policy } = model;
    const decided = { auto: "request.granted_by_policy", never: "request.denied_by_policy" } as const;
    const done = await tried(
      real,
      () => submitRequest(contextOf(real, who), draft),
      () => ["request.submitted", ...(policy === "auto" || policy === "never" ? [decided[policy]] : [])],
    );
    const heard = may(model, who, "agent") && !isStopped(model, who);
    expect(done !== null, "who may ask is heard, and nobody else").toBe(heard);
    if (!done) return;
    const manager = model.managers.get(who) ?? null;
    const managed = manager !== null && may(model, manager, "approver");
    const { id } = done.result;
    const asked: AskedFor = {
      id,
      by: who,
      policy,
      state: "pending",
      version: 1,
      managed,
      votes: new Map(),
      votedFor: new Map(),
      escalated: false,
    };
    model.requests.push(asked);
    await settle(model, real, asked);
    expect(asked.state).toBe(policies[policy].seats === 0 ? "over" : "pending");
  });

/** Takes over what the database says of a request, and whatever grant and review it left. */
export async function settle(model: Model, { story }: Real, request: AskedFor): Promise<void> {
  const [row] = await story.control.owner<
    {
      state: string;
      version: number;
      grant_id: string | null;
      max_views: number | null;
      review_id: string | null;
    }[]
  >`
    SELECT r.state, r.version, g.id AS grant_id, g.max_views, v.id AS review_id
    FROM requests r LEFT JOIN grants g ON g.request_id = r.id LEFT JOIN reviews v ON v.request_id = r.id
    WHERE r.id = ${request.id}`;
  const { state, version, grant_id: grantId, max_views: views, review_id: reviewId } = row!;
  expect(grantId !== null, "there is a grant where it was approved, and nowhere else").toBe(
    state === "approved",
  );
  request.version = version;
  if (state !== "pending") request.state = "over";
  if (grantId !== null && !model.grants.some(({ id }) => id === grantId))
    model.grants.push({ id: grantId, by: request.by, state: "ready", viewsLeft: views ?? Infinity });
  if (reviewId !== null && !model.reviews.some(({ id }) => id === reviewId))
    model.reviews.push({ id: reviewId, of: request.by, state: "open" });
}

const MOST_IN_A_DAY = 3;

/** Opens it before anybody has decided, where the policy it was sent under and that of now both allow it. */
export const breakGlass = (who: Player | null, at: number): Deed =>
  deed(
    `${who ?? "whoever asked"} opens ${at} as an emergency`,
    async (model, real) => {
      const request = pick(model.requests, at);
      const opener = who ?? request.by;
      const input = { requestId: request.id, reason: "The ambulance is with her and asks who to call." };
      const done = await tried(
        real,
        () => openEmergency(contextOf(real, opener), input),
        () => ["emergency.opened", "grant.activated"],
      );
      const spent = model.emergencies.get(opener) ?? 0;
      const allowed =
        request.by === opener &&
        request.state === "pending" &&
        may(model, opener, "agent") &&
        !isStopped(model, opener);
      const ruled = request.policy === "emergency" && model.policy === "emergency";
      expect(done !== null, "an emergency is where a rule allows it").toBe(
        allowed && ruled && spent < MOST_IN_A_DAY,
      );
      if (!done) return;
      model.emergencies.set(opener, spent + 1);
      await settle(model, real, request);
      expect([request.state, model.reviews.at(-1)]).toMatchObject(["over", { of: opener, state: "open" }]);
      model.grants.at(-1)!.state = "active";
    },
    hasRequests,
  );

export const withdraw = (who: Player, at: number): Deed =>
  deed(
    `${who} withdraws ${at}`,
    async (model, real) => {
      const request = pick(model.requests, at);
      const take = () => withdrawRequest(contextOf(real, who), request.id);
      const done = await tried(real, take, () => ["request.withdrawn"]);
      const allowed = request.by === who && request.state === "pending" && may(model, who, "agent");
      expect(done !== null, "what waits can be taken back by whoever asked").toBe(allowed);
      if (done) request.state = "over";
    },
    hasRequests,
  );

/** `null` stands for whoever holds it. Opening what is open already tells what is left, and is nothing to record. */
export const open = (who: Player | null, at: number): Deed =>
  deed(
    `${who ?? "its holder"} opens ${at}`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const opener = who ?? grant.by;
      const done = await tried(
        real,
        () => activateGrant(contextOf(real, opener), grant.id),
        () => (grant.state === "active" ? [] : ["grant.activated"]),
      );
      // Who lost the role is told at the door: their pages do not reach this.
      const signedIn = contextOf(real, opener).actor.roles.includes("agent");
      const permitted = grant.state === "active" ? signedIn : may(model, opener, "agent");
      const allowed = grant.by === opener && grant.state !== "over" && permitted;
      expect(done !== null, "a grant opens for its holder while it lives").toBe(allowed);
      if (!done) return;
      expect(done.result.msLeft).toBeGreaterThan(0);
      grant.state = "active";
    },
    hasGrants,
  );

export const reveal = (who: Player | null, at: number): Deed =>
  deed(
    `${who ?? "its holder"} looks at ${at}`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const looker = who ?? grant.by;
      const look = () => revealFields(contextOf(real, looker), { grantId: grant.id });
      const done = await tried(real, look, () => ["reveal.opened"]);
      const allowed =
        grant.by === looker &&
        grant.state === "active" &&
        grant.viewsLeft > 0 &&
        may(model, looker, "agent") &&
        !isStopped(model, looker);
      expect(done !== null, "values are shown under a live grant, and never else").toBe(allowed);
      if (done) grant.viewsLeft -= 1;
    },
    hasGrants,
  );

export const giveBack = (who: Player | null, at: number): Deed =>
  deed(
    `${who ?? "its holder"} gives ${at} back`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const giver = who ?? grant.by;
      const give = () => returnGrant(contextOf(real, giver), grant.id);
      const done = await tried(real, give, () => ["grant.returned"]);
      expect(done !== null).toBe(grant.by === giver && grant.state !== "over");
      if (done) grant.state = "over";
    },
    hasGrants,
  );
