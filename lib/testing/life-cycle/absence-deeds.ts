import "server-only";
import { expect } from "vitest";
import { escalate } from "@/lib/expiry/escalate";
import { endDelegation } from "@/lib/people/end-delegations";
import { nameSubstitute } from "@/lib/people/name-substitute";
import {
  type Absence,
  contextOf,
  type Deed,
  deed,
  hasRequests,
  may,
  type Model,
  pick,
  type Player,
  tried,
} from "./model";
import { endAbsence } from "./people-deeds";

/** Names somebody who decides in their place, from today on. */
export const goAway = (who: Player, substitute: Player): Deed =>
  deed(`${substitute} stands in for ${who}`, async (model, real) => {
    const ctx = contextOf(real, who);
    const today = new Date().toISOString().slice(0, 10);
    const substituteId = contextOf(real, substitute).actor.personId;
    const wanted = { substituteId, from: today, until: today };
    const done = await tried(
      real,
      () => nameSubstitute(ctx, wanted),
      () => ["delegation.made"],
    );
    const able = [who, substitute].every((one) => may(model, one, "approver")) && who !== substitute;
    const free = !model.absences.some(({ of }) => of === who);
    expect(done !== null, "two approvers, and one substitute at a time").toBe(able && free);
    if (!done) return;
    const [row] = await real.story.control.owner<{ id: string }[]>`
      SELECT id FROM delegations WHERE delegator_id = ${ctx.actor.personId} ORDER BY made_at DESC LIMIT 1`;
    model.absences.push({ id: row!.id, of: who, substitute });
  });

/** Takes it back, gives it back, or ends it as an admin. */
export const comeBack = (who: Player | "ada", at: number): Deed =>
  deed(
    `${who} ends the absence ${at}`,
    async (model, real) => {
      const absence = pick(model.absences, at);
      const ctx = who === "ada" ? real.story.ada : contextOf(real, who);
      const done = await tried(
        real,
        () => endDelegation(ctx, { delegationId: absence.id }),
        () => ["delegation.ended"],
      );
      const theirs = who === "ada" || who === absence.of || who === absence.substitute;
      expect(done !== null, "both of them end it, admins, and nobody else").toBe(theirs);
      if (done) endAbsence(model, absence);
    },
    hasAbsences,
  );

/** The clock goes on until the last day is over. */
export const absenceIsOver = (at: number): Deed =>
  deed(
    `the absence ${at} is over`,
    async (model, { story }) => {
      const absence: Absence = pick(model.absences, at);
      await story.control.owner`
        UPDATE delegations SET made_at = made_at - interval '1 hour', starts_at = starts_at - interval '1 hour',
          ends_at = clock_timestamp() WHERE id = ${absence.id}`;
      endAbsence(model, absence);
    },
    hasAbsences,
  );

/** A step has waited for its time, and the sweeper comes by: more people are told, once. */
export const waitsTooLong = (at: number): Deed =>
  deed(
    `${at} has waited too long`,
    async (model, real) => {
      const request = pick(model.requests, at);
      await real.story.control.owner`
        UPDATE requests SET escalate_at = clock_timestamp() WHERE id = ${request.id} AND escalate_at IS NOT NULL`;
      const tells = request.policy === "told" || request.policy === "wider";
      const due = tells && request.state === "pending" && !request.escalated;
      await tried(real, escalate, () => (due ? ["request.escalated"] : []));
      if (due) request.escalated = true;
    },
    hasRequests,
  );

function hasAbsences({ absences }: Model): boolean {
  return absences.length > 0;
}
