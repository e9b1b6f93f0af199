import {
  parseNote,
  parseVerifierKey,
  signedBy,
  type SignedNote,
  type VerifierKey,
} from "@/lib/audit/signed-note";

/** The size and root of a log at a moment. */
export type Checkpoint = { origin: string; size: number; root: Buffer };

/** A key of the log and the sizes of checkpoints that it counts for, both ends included. */
export type LogKey = { key: VerifierKey; fromSize: number; toSize: number };

/** The text of a checkpoint that is signed: C2SP tlog-checkpoint, without extension lines. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/** Reads the text of a checkpoint; null when it is none. */
export function parseCheckpointText(text: string): Checkpoint | null {
  const [origin = "", size = "", hash = "", ...rest] = text.split("\n");
  if (origin === "" || rest.at(-1) !== "" || rest.slice(0, -1).includes("")) return null;
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return null;
  const root = Buffer.from(hash, "base64");
  if (root.length !== 32 || root.toString("base64") !== hash) return null;
  return { origin, size: Number(size), root };
}

/** A checkpoint that is signed by one of the keys that count for its size and name, or why it is not. */
export function openCheckpoint(
  text: string,
  keys: readonly LogKey[],
): { ok: true; checkpoint: Checkpoint; note: SignedNote; key: VerifierKey } | { ok: false; why: string } {
  const note = parseNote(text);
  const checkpoint = note && parseCheckpointText(note.text);
  if (!note || !checkpoint) return { ok: false, why: "It is not a checkpoint." };
  const ours = keys.filter(({ key }) => key.name === checkpoint.origin);
  const signing = ours.filter(({ key }) => signedBy(note, key).signed);
  const { size } = checkpoint;
  const counted = signing.find(({ fromSize, toSize }) => size >= fromSize && size <= toSize);
  if (counted) return { ok: true, checkpoint, note, key: counted.key };
  if (signing.length > 0) return { ok: false, why: "The key that signed it does not count for its size." };
  return { ok: false, why: "No key of the log has signed it." };
}

/**
 * Reads keys of the log, one a line: a verifier key, then `from` and `to` with the sizes of checkpoints between which it
 * counts, each optional. Lines that are empty or begin with # are left out; null when a line is neither.
 */
export function parseLogKeys(text: string): LogKey[] | null {
  const keys: LogKey[] = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const found = /^(\S+)(?: from (\d{1,15}))?(?: to (\d{1,15}))?$/.exec(line);
    const key = parseVerifierKey(found?.[1] ?? "");
    if (!found || !key || key.kind !== "plain") return null;
    keys.push({
      key,
      fromSize: Number(found[2] ?? 0),
      toSize: found[3] === undefined ? Number.MAX_SAFE_INTEGER : Number(found[3]),
    });
  }
  return keys;
}
