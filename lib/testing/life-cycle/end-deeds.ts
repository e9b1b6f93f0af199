import "server-only";
import { expect } from "vitest";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { reroute } from "@/lib/expiry/reroute";
import { sweep } from "@/lib/expiry/sweep";
import { liftStop, stopAccess } from "@/lib/people/stop-access";
import { newCodes } from "./log";
import {
  contextOf,
  type Deed,
  deed,
  hasGrants,
  hasRequests,
  isLive,
  may,
  pick,
  type Player,
  players,
  type Real,
  type Stopped,
  times,
  tried,
} from "./model";

export const revoke = (who: Player | "ada", at: number): Deed =>
  deed(
    `${who} revokes ${at}`,
    async (model, real) => {
      const grant = pick(model.grants, at);
      const ctx = who === "ada" ? real.story.ada : contextOf(real, who);
      const input = { grantId: grant.id, words: "No longer needed." };
      const done = await tried(
        real,
        () => revokeGrant(ctx, input),
        () => ["grant.revoked"],
      );
      if (who === "ada") expect(done !== null, "an admin ends what lives").toBe(grant.state !== "over");
      if (!done) return;
      if (who !== "ada") expect(may(model, who, "approver")).toBe(true);
      expect(grant.state).not.toBe("over");
      grant.state = "over";
    },
    hasGrants,
  );

export const stop = (what: Stopped): Deed =>
  deed(`an admin stops ${what}`, async (model, real) => {
    const isConcerned = ({ by }: { by: Player }) => what === "all" || what === "source" || by === what;
    const ended = model.grants.filter((grant) => isLive(grant) && isConcerned(grant));
    const input = { target: targetOf(real, what), words: "Somebody else uses it." };
    const done = await tried(
      real,
      () => stopAccess(real.story.ada, input),
      () => ["stop.set", ...times(ended.length, "grant.revoked")],
    );
    expect(done !== null, "what is stopped is not stopped twice").toBe(!model.stops.has(what));
    if (!done) return;
    model.stops.add(what);
    for (const grant of ended) grant.state = "over";
  });

export const lift = (what: Stopped): Deed =>
  deed(
    `an admin lifts the stop of ${what}`,
    async (model, real) => {
      const { control, ada } = real.story;
      const target = targetOf(real, what);
      const [row] = await control.owner<{ id: string }[]>`
        SELECT id FROM stops WHERE lifted_at IS NULL AND scope = ${target.scope}
          AND person_id IS NOT DISTINCT FROM ${target.scope === "person" ? target.personId : null}`;
      const input = { stopId: row!.id, words: "It is over now." };
      expect(
        await tried(
          real,
          () => liftStop(ada, input),
          () => ["stop.lifted"],
        ),
      ).not.toBeNull();
      model.stops.delete(what);
    },
    ({ stops }) => stops.has(what),
  );

function targetOf(real: Real, what: Stopped) {
  if (what === "all") return { scope: "all" as const };
  if (what === "source") return { scope: "source" as const, sourceId: real.story.table.source.id };
  return { scope: "person" as const, personId: contextOf(real, what).actor.personId };
}

export const stoppable: readonly Stopped[] = [...players, "source", "all"];

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
      if (grant.state === "ready") model.due["grant.lapsed"] += 1;
      if (grant.state === "active") model.due["grant.ended"] += 1;
      grant.state = "over";
    },
    hasGrants,
  );

/** Nobody has decided a request in time. */
export const waitIsOver = (at: number): Deed =>
  deed(
    `nobody has decided ${at} in time`,
    async (model, { story }) => {
      const request = pick(model.requests, at);
      if (request.state === "over") return;
      await story.control.owner`
        UPDATE requests SET created_at = created_at - interval '25 hours', expires_at = now()
        WHERE id = ${request.id} AND state = 'pending'`;
      model.due["request.expired"] += 1;
      request.state = "over";
    },
    hasRequests,
  );

/** Writes down what the clock has ended, and sends what waits to those who can decide it now. */
export const sweepUp = (): Deed =>
  deed("the sweeper runs", async (model, real) => {
    const due = Object.entries(model.due) as [keyof typeof model.due, number][];
    const all = due.flatMap(([code, count]) => times(count, code));
    expect(await tried(real, sweep, () => all), "each end is written down once").not.toBeNull();
    for (const [code] of due) model.due[code] = 0;
    const rerouted = await reroute();
    const waiting = model.requests.filter(isLive).length;
    expect(rerouted, "only what waits is sent to others").toBeLessThanOrEqual(waiting);
    expect(await newCodes(real.story.control, real.log)).toEqual(times(rerouted, "request.rerouted"));
  });
