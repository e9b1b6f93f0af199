import "server-only";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { readWarm } from "@/lib/db/control-database";
import type { Role } from "@/lib/db/schema/people";
import { whyClosed, type Coverage } from "@/lib/grants/coverage";
import { msLeft, type GrantState } from "@/lib/grants/grant";
import { Refusal } from "@/lib/refusal";

type Row = {
  state: GrantState;
  not_before: string | null;
  session_id: string | null;
  activate_by: string;
  ends_at: string | null;
  now: string;
  signed_in: boolean;
  roles: Role[];
};

const look = `
  SELECT g.state, g.not_before, g.session_id, g.activate_by, g.ends_at, clock_timestamp() AS now,
    EXISTS (SELECT FROM sessions s WHERE s.id = $2 AND s.person_id = p.id AND s.ended_at IS NULL
      AND s.expires_at > clock_timestamp()) AS signed_in,
    ARRAY(SELECT r.role FROM person_roles r WHERE r.person_id = p.id) AS roles
  FROM grants g JOIN people p ON p.id = g.holder_id AND p.state = 'active'
  WHERE g.id = $1`;

/**
 * Looks once more, after the raw values were read and before they leave: the clock, the grant, and whether its
 * holder is still signed in and permitted (law 4). Returns the milliseconds that are left.
 */
export async function stillLive(ctx: Context, coverage: Coverage): Promise<number> {
  const [row] = await readWarm<Row>(look, [coverage.grantId, ctx.sessionId]);
  if (!row?.signed_in || !rolesAllow(row.roles, "reveal")) throw new Refusal("not-permitted");
  if (row.session_id !== null && row.session_id !== ctx.sessionId)
    throw new Refusal("grant-of-another-session");
  const notBefore = row.not_before === null ? null : new Date(row.not_before);
  const endsAt = row.ends_at === null ? null : new Date(row.ends_at);
  const [activateBy, now] = [new Date(row.activate_by), new Date(row.now)];
  const grant = { state: row.state, notBefore, activateBy, endsAt, now };
  const closed = whyClosed(grant);
  if (closed) throw closed;
  return msLeft(grant, grant.now);
}
