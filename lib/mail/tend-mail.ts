import "server-only";
import { systemContext } from "@/lib/auth/system-context";
import { env } from "@/lib/env";
import type { Send, Worker } from "@/lib/jobs/jobs";
import { sendJob } from "@/lib/jobs/run-jobs";
import { collectDue } from "@/lib/mail/collect-due";
import { collectMail, readLast, skipMail } from "@/lib/mail/collect-mail";
import { isAnyDue, readMark, tidyOutbox } from "@/lib/mail/outbox";
import { readClock } from "@/lib/mail/read-people";
import { sendMail } from "@/lib/mail/send-mail";

/** A worker begins no further message after so long: the last one ends well before the job is taken for lost. */
const sliceMs = 15_000;

const sending = { id: "send", key: "send" } as const;

/** The job that looks what is to be told; what is due is sent at once. */
export const collectMailJob: Worker = async () => {
  const ctx = systemContext();
  const how = await collectMail(ctx, await readClock(ctx));
  if (await isAnyDue(await readClock(ctx))) await sendJob("mail-send", sending);
  return how;
};

/** The job that sends what is due. */
export const sendMailJob: Worker = (_, stopping) =>
  sendMail(systemContext(), { msAtMost: sliceMs, stopping });

/** Sends jobs where there is something to do; every few seconds, so that people hear of it while it matters. */
export async function tendMail(send: Send): Promise<void> {
  if (env().mail === null) return;
  const ctx = systemContext();
  const [mark, last, isDue] = [await readMark(), await readLast(ctx), await isAnyDue(await readClock(ctx))];
  if (last > mark) await send("mail-collect", { id: "collect", key: "collect" });
  if (isDue) await send("mail-send", sending);
}

/** What the clock brings about, and what is long over. Where no mail is sent, nothing is kept for later. */
export async function tendMailByTheMinute(): Promise<void> {
  const ctx = systemContext();
  if (env().mail === null) await skipMail(ctx);
  else await collectDue(ctx, await readClock(ctx));
  await tidyOutbox();
}
