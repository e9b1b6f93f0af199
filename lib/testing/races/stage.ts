import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { EventCode } from "@/lib/audit/codes";
import type { Context } from "@/lib/auth/context";
import type { Role } from "@/lib/db/schema/people";
import type { Draft } from "@/lib/requests/draft";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { activePolicy } from "../active-policy";
import { signedIn } from "../control";
import { policies, type PolicyName } from "../life-cycle/policies";
import type { Story } from "../story";
import type { Outcome } from "./race";

/** A race: what is there when it begins, the deeds that run at once, and what must be true afterwards. */
export type Race = {
  title: string;
  set: () => Promise<{
    deeds: (() => Promise<unknown>)[];
    judge: (outcomes: Outcome[]) => Promise<void> | void;
  }>;
};

export type Asked = { id: string; by: Context };
export type Given = Asked & { grantId: string };

/** What races are set up from. */
export class Stage {
  readonly story: Story;
  #policy: string | null = null;
  constructor(story: Story) {
    this.story = story;
  }

  /** This policy counts; it is put in place only where another one did. */
  async policy(name: PolicyName | readonly object[]): Promise<void> {
    const rules = typeof name === "string" ? [policies[name].rule] : name;
    if (this.#policy === JSON.stringify(rules)) return;
    await activePolicy(this.story, rules, { reviewShare: 0 });
    this.#policy = JSON.stringify(rules);
  }

  /** Another policy may have come in place of it. */
  forgetPolicy(): void {
    this.#policy = null;
  }

  person(name: string, roles: readonly Role[]): Promise<Context> {
    return signedIn(this.story.control, { name, roles, managerId: this.story.max.actor.personId });
  }

  async asked(by = this.story.ana, change: Partial<Draft> = {}): Promise<Asked> {
    const { id } = await submitRequest(by, this.story.draft(change));
    return { id, by };
  }

  /** A grant that its holder has not opened yet, of a request that Max has approved. */
  async ready(by = this.story.ana): Promise<Given> {
    await this.policy("one");
    const asked = await this.asked(by);
    await approveRequest(this.story.max, { requestId: asked.id, version: 1, words: null });
    return { ...asked, grantId: await this.grantOf(asked) };
  }

  async open(by = this.story.ana): Promise<Given> {
    const given = await this.ready(by);
    await activateGrant(by, given.grantId);
    return given;
  }

  async grantOf({ id }: Asked): Promise<string> {
    const [row] = await this.story.control.owner<
      { id: string }[]
    >`SELECT id FROM grants WHERE request_id = ${id}`;
    return row!.id;
  }

  /** The version of a person, as a page shows it. */
  async seen({ actor: { personId } }: Context): Promise<{ personId: string; version: number }> {
    const [row] = await this.story.control.owner<{ version: number }[]>`
      SELECT version FROM people WHERE id = ${personId}`;
    return { personId, version: row!.version };
  }

  /** The codes of the events since the race began, of one request or of all, in the order of the log. */
  async codes(since: number, asked?: Asked): Promise<EventCode[]> {
    const rows = await this.story.control.owner<{ code: EventCode }[]>`
      SELECT code FROM audit_events WHERE seq >= ${since} AND (${asked?.id ?? null}::uuid IS NULL OR request_id = ${asked?.id ?? null})
      ORDER BY seq`;
    return rows.map(({ code }) => code);
  }

  async logSize(): Promise<number> {
    const [head] = await this.story.control.owner<{ size: string }[]>`SELECT size FROM audit_head`;
    return Number(head!.size);
  }
}

/** One of them was done, and the others were told one of these. */
export function oneWins(outcomes: readonly Outcome[], ...told: string[]): void {
  const said = outcomes.map((one) => one.told);
  expect(
    said.filter((one) => one === "done"),
    said.join(", "),
  ).toHaveLength(1);
  for (const one of said.filter((other) => other !== "done")) expect(told).toContain(one);
}

/** Whether the first of these events comes before the second one in the log. */
export const isBefore = (codes: readonly EventCode[], first: EventCode, second: EventCode): boolean =>
  codes.includes(first) && codes.indexOf(first) < codes.indexOf(second);

/**
 * Values were shown only if the end of the grant was not told to anybody before the last look; refused they may be at
 * any time after it began.
 */
export function shownBefore(reveal: Outcome, end: Outcome, ...told: string[]): void {
  expect(end.told).toBe("done");
  if (reveal.told === "done") expect(end.at, "shown after it was over").toBeGreaterThan(reveal.lastAt);
  else expect(told).toContain(reveal.told);
}
