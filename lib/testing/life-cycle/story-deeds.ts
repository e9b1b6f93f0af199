import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { sweep } from "@/lib/expiry/sweep";
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
  type Given,
  hasGrants,
  hasRequests,
  may,
  type Model,
  pick,
  type Player,
  policies,
  type Real,
  tried,
} from "./model";

export const submit = (who: Player, records: readonly string[]): Deed =>
  deed(`${who} asks`, async (model, real) => {
    const draft = real.story.draft({ records: [...records], ticket: "T-1" });
    const done = await tried(real, () => submitRequest(contextOf(real, who), draft));
    expect(done !== null, "who may ask is heard, and nobody else").toBe(may(model, who, "agent"));
    if (!done) return;
    const { seats } = policies[model.policy];
    const { id } = done.result;
    model.requests.push({ id, by: who, seats, state: "pending", version: 1, votes: new Map() });
    await settle(model, real, model.requests.at(-1)!);
    expect(model.requests.at(-1)!.state).toBe(seats === 0 ? "over" : "pending");
  });

/** Takes over what the database says of a request, and whatever grant it left. */
async function settle(model: Model, { story }: Real, request: AskedFor): Promise<void> {
  const [row] = await story.control.owner<{ state: string; version: number; grant_id: string | null }[]>`
    SELECT r.state, r.version, g.id AS grant_id FROM requests r LEFT JOIN grants g ON g.request_id = r.id
    WHERE r.id = ${request.id}`;
  expect(row!.grant_id !== null, "there is a grant where it was approved, and nowhere else").toBe(
    row!.state === "approved",
  );
  request.version = row!.version;
  if (row!.state !== "pending") request.state = "over";
  if (row!.grant_id !== null && !model.grants.some(({ id }) => id === row!.grant_id))
    model.grants.push({ id: row!.grant_id, by: request.by, state: "ready" });
}

export const vote = (who: Player, at: number, verdict: "approves" | "denies", late: number): Deed =>
  deed(
    `${who} ${verdict} ${at}${late > 0 ? ", as it was before" : ""}`,
    async (model, real) => {
      const request = pick(model.requests, at);
      const which = { requestId: request.id, version: Math.max(1, request.version - late) };
      const ctx = contextOf(real, who);
      const done = await tried(real, () =>
        verdict === "approves"
          ? approveRequest(ctx, { ...which, words: null })
          : denyRequest(ctx, { ...which, words: "Not for this." }),
      );
      if (!done) return;
      expect(may(model, who, "approver"), "only an approver decides").toBe(true);
      expect(request.by, "nobody decides on a request of their own").not.toBe(who);
      expect(request.state, "what is decided is not decided again").toBe("pending");
      expect(request.votes.get(who), "nobody fills two seats").not.toBe("stands");
      expect(which.version, "nobody decides on what they did not see").toBe(request.version);
      if (verdict === "approves") {
        request.votes.set(who, "stands");
        const standing = [...request.votes.keys()].filter((voter) => may(model, voter, "approver"));
        if (!done.result.more)
          expect(standing.length, "a quorum is counted in people").toBeGreaterThanOrEqual(request.seats);
      }
      await settle(model, real, request);
      const over = verdict === "denies" || !done.result.more;
      expect(request.state, "what is told is what is").toBe(over ? "over" : "pending");
    },
    hasRequests,
  );

export const withdraw = (who: Player, at: number): Deed =>
  deed(
    `${who} withdraws ${at}`,
    async (model, real) => {
      const request = pick(model.requests, at);
      const done = await tried(real, () => withdrawRequest(contextOf(real, who), request.id));
      if (!done) return;
      expect([request.by, request.state]).toEqual([who, "pending"]);
      request.state = "over";
    },
    hasRequests,
  );

/** `null` stands for whoever holds it. */
export const open = (who: Player | null, at: number): Deed =>
  deed(
    `${who ?? "its holder"} opens ${at}`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const opener = who ?? grant.by;
      const done = await tried(real, () => activateGrantAgain(real, opener, grant));
      const allowed = grant.by === opener && grant.state !== "over" && may(model, opener, "agent");
      expect(done !== null, "a grant opens for its holder while it lives").toBe(allowed);
      if (done) grant.state = "active";
    },
    hasGrants,
  );

/** Opening what is open already tells what is left, and is nothing to record: it is tried where something happens. */
async function activateGrantAgain(real: Real, who: Player, grant: Given): Promise<void> {
  const { msLeft } = await activateGrant(contextOf(real, who), grant.id);
  expect(msLeft).toBeGreaterThan(0);
  if (grant.state === "active") await revealFields(contextOf(real, who), { grantId: grant.id });
}

export const reveal = (who: Player | null, at: number): Deed =>
  deed(
    `${who ?? "its holder"} looks at ${at}`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const looker = who ?? grant.by;
      const done = await tried(real, () => revealFields(contextOf(real, looker), { grantId: grant.id }));
      const allowed = grant.by === looker && grant.state === "active" && may(model, looker, "agent");
      expect(done !== null, "values are shown under a live grant, and never else").toBe(allowed);
    },
    hasGrants,
  );

export const giveBack = (who: Player, at: number): Deed =>
  deed(
    `${who} gives ${at} back`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const done = await tried(real, () => returnGrant(contextOf(real, who), grant.id));
      if (!done) return;
      expect([grant.by, grant.state === "over"]).toEqual([who, false]);
      grant.state = "over";
    },
    hasGrants,
  );

export const revoke = (who: Player, at: number): Deed =>
  deed(
    `${who} revokes ${at}`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const revoked = { grantId: grant.id, words: "No longer needed." };
      const done = await tried(real, () => revokeGrant(contextOf(real, who), revoked));
      if (!done) return;
      expect([may(model, who, "approver"), grant.state === "over"]).toEqual([true, false]);
      grant.state = "over";
    },
    hasGrants,
  );

/** The clock of one grant goes on until its window, or the time to open it, is over. */
export const timePasses = (at: number): Deed =>
  deed(
    `the time of ${at} is over`,
    async (model, { story }) => {
      const grant = pick(model.grants, at);
      await story.control.owner.unsafe(`
        ALTER TABLE grants DISABLE TRIGGER grant_opens_once;
        UPDATE grants SET ends_at = now(), activated_at = now() - make_interval(secs => view_seconds)
          WHERE id = '${grant.id}' AND state = 'active';
        UPDATE grants SET activate_by = now() WHERE id = '${grant.id}' AND state = 'ready';
        ALTER TABLE grants ENABLE TRIGGER grant_opens_once;`);
      grant.state = "over";
    },
    hasGrants,
  );

export const sweepUp = deed("the sweeper runs", async () => void (await sweep()));
