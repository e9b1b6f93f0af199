import "server-only";
import type { Context } from "@/lib/auth/context";
import { env } from "@/lib/env";
import { isMailAddress, openPostman, usualPatience, type Patience, type Postman } from "@/lib/mail/deliver";
import { backOffMs, setbackOf } from "@/lib/mail/failure";
import { messageOf } from "@/lib/mail/message";
import { claimNext, packDue, putOff, settle, type Parcel } from "@/lib/mail/outbox";
import { readClock, readReaders, type Reader } from "@/lib/mail/read-people";
import { readSaid } from "@/lib/mail/read-said";
import { afterQuiet } from "@/lib/mail/wishes";
import type { Said } from "@/lib/mail/words";

/** Longer than a message may take in all, so that nobody else sends it meanwhile. */
const leaseSeconds = 50;

export type Sending = {
  msAtMost: number;
  stopping: AbortSignal;
  /** The clock, where it is not that of the control database. */
  now?: Date;
  patience?: Patience;
};

/** Whether to go on with the next message; `down` says that no other gets through now either. */
type Outcome = "on" | "down";

/**
 * Sends what is due, for a while; "again" when more is. Every message is sent at least once: whoever is killed between
 * claim and answer leaves it to another after the lease, under the same Message-ID. With a server that hangs or refuses
 * us, what waits goes on waiting, each for longer, and nothing else does.
 */
export async function sendMail(ctx: Context, sending: Sending): Promise<"done" | "again"> {
  const postman = openPostman(sending.patience ?? usualPatience);
  if (!postman) return "done";
  const until = performance.now() + sending.msAtMost;
  try {
    await packDue(sending.now ?? (await readClock(ctx)));
    while (performance.now() < until && !sending.stopping.aborted) {
      const now = sending.now ?? (await readClock(ctx));
      const parcel = await claimNext(now, leaseSeconds);
      if (!parcel) return "done";
      if ((await sendOrPutOff(ctx, parcel, postman, { ...sending, now })) === "down") return "done";
    }
    return "again";
  } finally {
    postman.end();
  }
}

/** A message that fails on our own side waits like any other: the rest is not held up behind it. */
async function sendOrPutOff(...sent: Parameters<typeof send>): Promise<Outcome> {
  try {
    return await send(...sent);
  } catch (error) {
    const [, parcel, , { now }] = sent;
    await putOff(parcel, new Date(now.getTime() + backOffMs(parcel.attempts)), "ours");
    throw error;
  }
}

async function send(
  ctx: Context,
  parcel: Parcel,
  postman: Postman,
  { now, stopping }: Sending & { now: Date },
): Promise<Outcome> {
  const [first] = parcel.notices;
  const reader = first && (await readReaders(ctx, [first.personId])).get(first.personId);
  if (!first || !reader) return settled(parcel, "dropped");
  const waitsUntil = first.urgent ? now : afterQuiet(now, reader.wishes);
  if (waitsUntil > now) return later(parcel, waitsUntil);
  const { said, gone } = await sayAll(ctx, parcel, reader);
  if (said.length === 0) return settled(parcel, "dropped");
  if (!isMailAddress(reader.email)) return settled(parcel, "no-address", gone);
  try {
    const message = { ...messageOf(said, env().publicUrl), id: parcel.message };
    await postman.deliver({ ...message, to: { name: reader.name, address: reader.email } }, stopping);
  } catch (error) {
    // This instance stops: another one goes on at once.
    if (stopping.aborted) return later(parcel, now);
    const { why, of } = setbackOf(error);
    if (of === "never") return settled(parcel, why, gone);
    await putOff(parcel, new Date(now.getTime() + backOffMs(parcel.attempts)), why);
    return of === "server" ? "down" : "on";
  }
  return settled(parcel, "sent", gone);
}

/** What of a message is still to be said, and which of its notices are not. */
async function sayAll(
  ctx: Context,
  { notices }: Parcel,
  reader: Reader,
): Promise<{ said: Said[]; gone: string[] }> {
  const said: Said[] = [];
  const gone: string[] = [];
  for (const notice of notices) {
    const one = await readSaid(ctx, notice, reader);
    if (one) said.push(one);
    else gone.push(notice.id);
  }
  return { said, gone };
}

async function settled(...how: Parameters<typeof settle>): Promise<Outcome> {
  await settle(...how);
  return "on";
}

async function later(parcel: Parcel, until: Date): Promise<Outcome> {
  await putOff(parcel, until, null);
  return "on";
}
