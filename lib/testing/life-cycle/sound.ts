import "server-only";
import { expect } from "vitest";
import type { EventCode } from "@/lib/audit/codes";
import type { Control } from "../control";

/** The events by which a request or its grant comes into a state, by that state. */
const into: Readonly<Record<string, readonly EventCode[]>> = {
  pending: [],
  approved: ["request.approved", "request.narrowed", "request.granted_by_policy", "emergency.opened"],
  denied: ["request.denied", "request.denied_by_policy"],
  withdrawn: ["request.withdrawn"],
  expired: ["request.expired", "request.closed"],
  ready: [],
  active: [],
  ended: ["grant.ended"],
  lapsed: ["grant.lapsed"],
  returned: ["grant.returned"],
  revoked: ["grant.revoked"],
};
const votes: readonly EventCode[] = [
  "request.endorsed",
  "request.approved",
  "request.narrowed",
  "request.denied",
];
const ends = ["ended", "lapsed", "returned", "revoked"].flatMap((state) => into[state]!);
const decided = ["approved", "denied", "withdrawn", "expired"].flatMap((state) => into[state]!);

type Asked = { id: string; state: string; grant_state: string | null; votes: number; codes: EventCode[] };

/**
 * What must hold of every request since that number, by the database and by the log alone: each state was come to by
 * exactly one event, each vote has its own, and every reveal lies between the opening of its grant and its end.
 */
export async function expectSound({ owner }: Control, since: number): Promise<void> {
  const rows = await owner<Asked[]>`
    SELECT r.id, r.state, g.state AS grant_state,
      (SELECT count(*)::int FROM decisions d WHERE d.request_id = r.id) AS votes,
      (SELECT array_agg(e.code ORDER BY e.seq) FROM audit_events e WHERE e.request_id = r.id) AS codes
    FROM requests r LEFT JOIN grants g ON g.request_id = r.id WHERE r.number > ${since}`;
  for (const row of rows) expectTold(row);
  expect(
    await owner`SELECT FROM decisions d JOIN requests r ON r.id = d.request_id
      WHERE d.approver_id = r.requester_id OR d.requester_id <> r.requester_id`,
    "nobody decides on a request of their own",
  ).toEqual([]);
  expect(
    await owner`SELECT FROM decisions d JOIN delegations s ON s.id = d.delegation_id
      WHERE d.for_id = d.requester_id OR d.for_id <> s.delegator_id OR d.approver_id <> s.substitute_id
        OR d.decided_at < s.starts_at OR d.decided_at > coalesce(s.ended_at, s.ends_at)`,
    "a substitute decides within the time of the delegation, and never in place of whoever asked",
  ).toEqual([]);
  expect(
    await owner`SELECT FROM grants g JOIN requests r ON r.id = g.request_id
      WHERE r.number > ${since} AND (r.state <> 'approved' OR g.holder_id <> r.requester_id
        OR g.view_seconds > r.view_seconds AND NOT EXISTS (SELECT FROM reviews v WHERE v.request_id = r.id))`,
    "a grant is of what was approved, to whoever asked",
  ).toEqual([]);
}

function expectTold({ id, state, grant_state: grant, votes: cast, codes }: Asked): void {
  const words = `${id}, ${state}, ${grant ?? "no grant"}: ${codes.join(" ")}`;
  const only = (some: readonly EventCode[]) => codes.filter((code) => some.includes(code));
  expect(codes[0], words).toBe("request.submitted");
  expect(only(decided), words).toHaveLength(into[state]!.length > 0 ? 1 : 0);
  expect(only(into[state]!), words).toHaveLength(into[state]!.length > 0 ? 1 : 0);
  expect(only(votes), words).toHaveLength(cast);
  expect(only(ends), words).toHaveLength(grant === null || into[grant]!.length === 0 ? 0 : 1);
  if (grant !== null) expect(only(into[grant]!), words).toHaveLength(into[grant]!.length > 0 ? 1 : 0);
  const opened = codes.indexOf("grant.activated");
  const over = codes.findIndex((code) => ends.includes(code));
  for (const [at, code] of codes.entries()) {
    if (code !== "reveal.opened") continue;
    expect(
      opened >= 0 && at > opened && (over < 0 || at < over),
      `a reveal outside a live grant: ${words}`,
    ).toBe(true);
  }
}
