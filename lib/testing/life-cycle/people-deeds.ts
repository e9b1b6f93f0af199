import "server-only";
import { expect } from "vitest";
import type { Role } from "@/lib/db/schema/people";
import { changeManager } from "@/lib/people/change-manager";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson, enablePerson } from "@/lib/people/disable-person";
import { changeGroup } from "@/lib/people/groups";
import {
  type Absence,
  contextOf,
  type Deed,
  deed,
  isLive,
  type Model,
  type Player,
  type Real,
  times,
  tried,
} from "./model";

export const setRole = (who: Player, role: Role, holds: boolean): Deed =>
  deed(`${who} ${holds ? "becomes" : "is no longer"} ${role}`, async (model, real) => {
    const roles = new Set(model.roles.get(who));
    if (holds) roles.add(role);
    else roles.delete(role);
    const input = { ...(await seen(real, who)), roles: [...roles] };
    const losesSeats = !holds && role === "approver" && (model.roles.get(who)?.has(role) ?? false);
    const ended = [
      ...(roles.has("agent") ? [] : endedOf(model, who)),
      ...(losesSeats ? uncoveredBy(model, who) : []),
    ];
    const change = () => changeRoles(real.story.ada, input);
    if (!(await tried(real, change, () => ["person.roles_changed", ...ended]))) return;
    model.roles.set(who, roles);
    if (!holds) doubt(model, who);
    if (losesSeats) endAbsences(model, who);
    if (!roles.has("agent")) endAll(model, who);
  });

export const setDisabled = (who: Player, disabled: boolean): Deed =>
  deed(`${who} is ${disabled ? "disabled" : "let in again"}`, async (model, real) => {
    const input = await seen(real, who);
    const change = disabled ? disablePerson : enablePerson;
    const ended = [...endedOf(model, who), ...uncoveredBy(model, who)];
    const done = await tried(
      real,
      () => change(real.story.ada, input),
      () => (disabled ? ["person.disabled", ...ended] : ["person.enabled"]),
    );
    expect(done !== null).toBe(model.disabled.has(who) !== disabled);
    if (!done) return;
    if (disabled) {
      model.disabled.add(who);
      doubt(model, who);
      endAbsences(model, who);
      return endAll(model, who);
    }
    model.disabled.delete(who);
    await signInAgain(real, who);
  });

/** Whoever decides the requests of somebody from now on. */
export const setManager = (who: Player, manager: Player | null): Deed =>
  deed(`${manager ?? "nobody"} manages ${who}`, async (model, real) => {
    const managerId = manager && contextOf(real, manager).actor.personId;
    const input = { ...(await seen(real, who)), manager: managerId };
    const change = () => changeManager(real.story.ada, input);
    if (!(await tried(real, change, () => ["person.manager_changed"]))) return;
    expect(manager, "nobody is above themselves").not.toBe(who);
    model.managers.set(who, manager);
    for (const { by, votes } of model.requests)
      if (by === who) for (const voter of votes.keys()) votes.set(voter, "in doubt");
  });

/** Paul of the story, who plays no part, is always one of them: the step is never empty. */
export const setMember = (who: Player, member: boolean): Deed =>
  deed(`${who} is ${member ? "" : "not "}of Payments`, async (model, real) => {
    const { control, ada, paul } = real.story;
    const [group] = await control.owner<{ id: string; version: number }[]>`
      SELECT id, version FROM groups WHERE slug = 'payments'`;
    const members = new Set(model.group);
    if (member) members.add(who);
    else members.delete(who);
    const personIds = [paul, ...[...members].map((one) => contextOf(real, one))].map(
      (ctx) => ctx.actor.personId,
    );
    const change = () => changeGroup(ada, { groupId: group!.id, version: group!.version, personIds });
    expect(await tried(real, change, () => ["group.changed"])).not.toBeNull();
    model.group = members;
    if (!member) doubt(model, who);
  });

async function seen({ contexts, story }: Real, who: Player) {
  const { personId } = contexts.get(who)!.actor;
  const [row] = await story.control.owner<{ version: number }[]>`
    SELECT version FROM people WHERE id = ${personId}`;
  return { personId, version: row!.version };
}

async function signInAgain({ contexts, story }: Real, who: Player): Promise<void> {
  const ctx = contexts.get(who)!;
  // Nobody here has a password: who is let in is invited again, and is taken to have accepted.
  await story.control.owner`UPDATE people SET state = 'active' WHERE id = ${ctx.actor.personId}`;
  const [session] = await story.control.owner<{ id: string }[]>`
    INSERT INTO sessions (person_id, expires_at)
    VALUES (${ctx.actor.personId}, clock_timestamp() + interval '1 hour') RETURNING id`;
  contexts.set(who, { ...ctx, sessionId: session!.id });
}

/** Of the votes of this person, and of those that were given for them, nobody knows whether they count. */
export function doubt(model: Model, who: Player): void {
  for (const { votes, votedFor } of model.requests)
    for (const voter of votes.keys())
      if (voter === who || votedFor.get(voter) === who) votes.set(voter, "in doubt");
}

const isOf = ({ of, substitute }: Absence, who: Player) => of === who || substitute === who;

const uncoveredBy = ({ absences }: Model, who: Player) =>
  times(absences.filter((one) => isOf(one, who)).length, "delegation.ended");

function endAbsences(model: Model, who: Player): void {
  for (const one of model.absences.filter((absence) => isOf(absence, who))) endAbsence(model, one);
}

/** Whoever stood in stands in no more, and what they approved so counts no more. */
export function endAbsence(model: Model, absence: Absence): void {
  model.absences = model.absences.filter((one) => one !== absence);
  for (const { votes, votedFor } of model.requests)
    if (votedFor.get(absence.substitute) === absence.of) votes.set(absence.substitute, "in doubt");
}

/** The events of all that ends with the access of this person. */
function endedOf(model: Model, who: Player) {
  const of = <T extends { by: Player; state: string }>(all: readonly T[]) =>
    all.filter((one) => one.by === who && isLive(one)).length;
  return [...times(of(model.requests), "request.withdrawn"), ...times(of(model.grants), "grant.revoked")];
}

function endAll(model: Model, who: Player): void {
  for (const one of [...model.requests, ...model.grants]) if (one.by === who) one.state = "over";
}
