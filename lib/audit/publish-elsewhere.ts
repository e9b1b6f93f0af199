import "server-only";
import type { Checkpoint } from "@/lib/audit/checkpoint";
import type { Witness } from "@/lib/audit/log-settings";
import { proveConsistency } from "@/lib/audit/proof";
import type { Arrival } from "@/lib/audit/publish-to-folder";
import { hashReader } from "@/lib/audit/read-tiles";
import { parseNote, parseSignatureLine, signedBy } from "@/lib/audit/signed-note";
import type { ReadDatabase } from "@/lib/db/control-database";

const limitMs = 10_000;
const tries = 3;
const longestAnswer = 100_000;

/** Sends the note of a checkpoint by POST; any answer of 2xx says that it has arrived. */
export async function publishToEndpoint(
  { url, token }: { url: URL; token: string | null },
  note: string,
): Promise<Arrival> {
  const { status } = await post(url, note, token === null ? {} : { Authorization: `Bearer ${token}` });
  if (status < 200 || status > 299) throw new Error(`It answered with ${status}.`);
  return { kind: "arrived" };
}

/** A checkpoint that goes to somebody by e-mail. */
export type CheckpointLetter = { to: string; size: number; note: string };

type Asking = { db: ReadDatabase; checkpoint: Checkpoint; note: string; seen: number };

/**
 * Asks a witness to cosign a checkpoint, as C2SP tlog-witness says: with the proof that it extends the last one of
 * `seen` events, or of as many as the witness then says. Gives the line of the cosignature, checked.
 */
export async function askWitness(
  { key, url }: Witness,
  { db, checkpoint, note, seen }: Asking,
): Promise<Arrival & { line?: string }> {
  const address = new URL("add-checkpoint", url.href.endsWith("/") ? url : `${url.href}/`);
  const ask = async (old: number) => {
    const proof = old === 0 ? [] : await proveConsistency(old, checkpoint.size, hashReader(db));
    const lines = proof.map((hash) => `${hash.toString("base64")}\n`).join("");
    return post(address, `old ${old}\n${lines}\n${note}`);
  };
  let answer = await ask(Math.min(seen, checkpoint.size));
  if (answer.status === 409) {
    const size = Number(/^\d{1,15}\n$/.exec(answer.body)?.[0] ?? Number.NaN);
    if (!Number.isSafeInteger(size)) throw new Error("It answered with no size.");
    if (size > checkpoint.size) return { kind: "ahead", size };
    answer = await ask(size);
  }
  if (answer.status === 422 || answer.status === 409)
    return { kind: "another-log", why: `The witness ${key.name} has cosigned another log.` };
  if (answer.status !== 200) throw new Error(`It answered with ${answer.status}.`);
  const parsed = parseNote(note);
  for (const line of answer.body.split("\n")) {
    const signature = parseSignatureLine(line);
    if (signature && parsed && signedBy({ text: parsed.text, signatures: [signature] }, key).signed)
      return { kind: "arrived", line };
  }
  throw new Error("It answered with no cosignature of its key.");
}

/** Posts a text; tries again where nobody answers, or with 5xx. */
async function post(
  url: URL,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  for (let at = 1; ; at++) {
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
        redirect: "error",
        signal: AbortSignal.timeout(limitMs),
      });
      const text = await startOf(response);
      if (response.status < 500 || at === tries) return { status: response.status, body: text };
    } catch {
      if (at === tries) throw new Error("It does not answer.");
    }
    await new Promise((resolve) => setTimeout(resolve, 250 * 4 ** at).unref());
  }
}

/** The beginning of an answer: whoever sends more than is needed fills no memory with it. */
async function startOf({ body }: Response): Promise<string> {
  if (!body) return "";
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  for (let length = 0; length < longestAnswer;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  await reader.cancel();
  return Buffer.concat(chunks).toString("utf8").slice(0, longestAnswer);
}
