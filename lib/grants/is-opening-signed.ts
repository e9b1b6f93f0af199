import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { receipts } from "@/lib/db/schema/receipts";
import { grants } from "@/lib/db/schema/requests";

/**
 * Whether the holder has signed with a passkey, in this session and within so many minutes by the database clock, that
 * they open the grant of this row; never without a session, nor with a passkey that was removed since.
 */
export function isOpeningSigned({ sessionId }: Context, minutes: number): SQL<boolean> {
  return sql`EXISTS (SELECT FROM ${receipts} WHERE ${receipts.opensId} = ${grants.id}
    AND ${receipts.sessionId} = ${sessionId} AND ${receipts.madeAt} > clock_timestamp() - make_interval(mins => ${minutes})
    AND EXISTS (SELECT FROM passkeys k WHERE k.credential_id = ${receipts.body}::jsonb #>> '{passkey,credentialId}'
      AND k.person_id = ${grants.holderId} AND k.removed_at IS NULL))`;
}
