import "server-only";
import { createHash } from "node:crypto";
import { openPostman } from "@/lib/mail/deliver";
import { mailFailures, setbackOf } from "@/lib/mail/failure";
import { escaped } from "@/lib/mail/message";
import type { CheckpointLetter } from "@/lib/audit/publish-elsewhere";

/**
 * Sends the signed note of a checkpoint as the text of a message; throws with words of ours where it was not taken. The same
 * checkpoint has the same Message-ID, whoever sends it.
 */
export async function mailCheckpoint({ to, size, note }: CheckpointLetter): Promise<void> {
  const postman = openPostman();
  if (!postman) throw new Error("No mail server is set.");
  const text = `This is a checkpoint of the audit log, of ${size.toLocaleString("en-US")} events. Keep it: whoever has it can show later that nothing before it was changed. The verifier takes the lines below as --since.\n\n${note}`;
  const message = {
    id: `log-${size}-${createHash("sha256").update(note).digest("hex").slice(0, 16)}`,
    to: { name: "", address: to },
    subject: `Glimpse: checkpoint of the audit log, ${size} events`,
    text,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Glimpse</title></head><body><pre>${escaped(text)}</pre></body></html>`,
  };
  try {
    await postman.deliver(message, new AbortController().signal);
  } catch (error) {
    throw new Error(`${mailFailures[setbackOf(error).why]}.`);
  } finally {
    postman.end();
  }
}
