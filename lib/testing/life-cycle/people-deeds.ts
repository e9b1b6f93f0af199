import "server-only";
import { expect } from "vitest";
import type { Role } from "@/lib/db/schema/people";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson, enablePerson } from "@/lib/people/disable-person";
import { activePolicy } from "../active-policy";
import {
  type Deed,
  deed,
  type Model,
  type Player,
  policies,
  type PolicyName,
  type Real,
  tried,
} from "./model";

export const rule = (name: PolicyName): Deed =>
  deed(`the policy asks for ${name}`, async (model, { story }) => {
    await activePolicy(story, [{ outcome: policies[name].outcome }]);
    model.policy = name;
  });

export const setRole = (who: Player, role: Role, holds: boolean): Deed =>
  deed(`${who} ${holds ? "becomes" : "is no longer"} ${role}`, async (model, real) => {
    const roles = new Set(model.roles.get(who));
    if (holds) roles.add(role);
    else roles.delete(role);
    const input = { ...(await seen(real, who)), roles: [...roles] };
    if (!(await tried(real, () => changeRoles(real.story.ada, input)))) return;
    model.roles.set(who, roles);
    if (!holds) doubt(model, who);
    if (!roles.has("agent")) endAll(model, who);
  });

export const setDisabled = (who: Player, disabled: boolean): Deed =>
  deed(`${who} is ${disabled ? "disabled" : "let in again"}`, async (model, real) => {
    const input = await seen(real, who);
    const change = disabled ? disablePerson : enablePerson;
    const done = await tried(real, () => change(real.story.ada, input));
    expect(done !== null).toBe(model.disabled.has(who) !== disabled);
    if (!done) return;
    if (disabled) {
      model.disabled.add(who);
      doubt(model, who);
      return endAll(model, who);
    }
    model.disabled.delete(who);
    await signInAgain(real, who);
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

function doubt(model: Model, who: Player): void {
  for (const { votes } of model.requests) if (votes.has(who)) votes.set(who, "in doubt");
}

function endAll(model: Model, who: Player): void {
  for (const one of [...model.requests, ...model.grants]) if (one.by === who) one.state = "over";
}
