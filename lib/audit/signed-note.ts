import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";

/** A key that checks the signatures of a name. `plain` signs a text, `cosignature` a text at a moment (C2SP). */
export type VerifierKey = { name: string; id: Buffer; kind: "plain" | "cosignature"; publicKey: Buffer };
/** A key that signs in a name, with the verifier key for others. */
export type SignerKey = VerifierKey & { privateKey: KeyObject };
export type NoteSignature = { name: string; id: Buffer; bytes: Buffer; line: string };
/** A signed note: its text, which ends with a newline, and its signatures. */
export type SignedNote = { text: string; signatures: readonly NoteSignature[] };

const kinds = { plain: 1, cosignature: 4 } as const;
const mostSignatures = 100;

/** Reads a note of C2SP signed-note; null when it is none. */
export function parseNote(note: string): SignedNote | null {
  const at = note.lastIndexOf("\n\n");
  if (at === -1 || !note.endsWith("\n") || hasControl(note)) return null;
  const lines = note
    .slice(at + 2)
    .split("\n")
    .slice(0, -1);
  if (lines.length === 0 || lines.length > mostSignatures) return null;
  const signatures = lines.map(parseSignatureLine);
  if (signatures.some((one) => one === null)) return null;
  return { text: note.slice(0, at + 1), signatures: signatures.filter((one) => one !== null) };
}

/** Reads one line of a signature: an em dash, a name, and key id with signature in base64. */
export function parseSignatureLine(line: string): NoteSignature | null {
  const found = /^— (\S+) (\S+)$/u.exec(line);
  const bytes = decoded(found?.[2] ?? "");
  if (!found || bytes === null || bytes.length < 5) return null;
  const [, name = ""] = found;
  return isName(name) ? { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4), line } : null;
}

/** The note of a text with these lines of signatures. */
export const writeNote = (text: string, lines: readonly string[]): string => `${text}\n${lines.join("\n")}\n`;

/** The line that signs a text; a cosignature says the moment too, in whole seconds since 1970. */
export function signatureLine(key: SignerKey, text: string, atSeconds = 0): string {
  const signature = sign(null, signedBytes(key, text, atSeconds), key.privateKey);
  const bytes = key.kind === "plain" ? [key.id, signature] : [key.id, uint64(atSeconds), signature];
  return `— ${key.name} ${Buffer.concat(bytes).toString("base64")}`;
}

/** Whether a note carries a signature of this key over its text; of a cosignature, when it was made. */
export function signedBy(note: SignedNote, key: VerifierKey): { signed: boolean; atSeconds: number } {
  for (const { name, id, bytes } of note.signatures) {
    if (name !== key.name || !id.equals(key.id)) continue;
    const isPlain = key.kind === "plain";
    if (bytes.length !== (isPlain ? 64 : 72)) continue;
    const atSeconds = isPlain ? 0 : Number(bytes.readBigUInt64BE(0));
    if (!Number.isSafeInteger(atSeconds)) continue;
    const told = signedBytes(key, note.text, atSeconds);
    if (verify(null, told, publicKeyOf(key.publicKey), bytes.subarray(isPlain ? 0 : 8)))
      return { signed: true, atSeconds };
  }
  return { signed: false, atSeconds: 0 };
}

/** A verifier key as C2SP writes it: name, key id and key. */
export function writeVerifierKey({ name, id, kind, publicKey }: VerifierKey): string {
  const key = Buffer.concat([Buffer.from([kinds[kind]]), publicKey]).toString("base64");
  return `${name}+${id.toString("hex")}+${key}`;
}

/** Reads a verifier key; null when it is none, or its id is not its own. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text);
  const bytes = decoded(found?.[3] ?? "");
  if (!found || bytes?.length !== 33) return null;
  const kind = bytes[0] === kinds.plain ? "plain" : bytes[0] === kinds.cosignature ? "cosignature" : null;
  if (kind === null) return null;
  const key = verifierKey(found[1] ?? "", kind, bytes.subarray(1));
  return isName(key.name) && key.id.toString("hex") === found[2] ? key : null;
}

/**
 * Reads a private key as golang.org/x/mod/sumdb/note writes it, `PRIVATE+KEY+name+id+seed`; null when it is none. A key
 * of a witness has 4 in place of 1 before its seed.
 */
export function parseSignerKey(text: string): SignerKey | null {
  const found = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text.trim());
  const bytes = decoded(found?.[3] ?? "");
  if (!found || bytes?.length !== 33) return null;
  const kind = bytes[0] === kinds.plain ? "plain" : bytes[0] === kinds.cosignature ? "cosignature" : null;
  if (kind === null) return null;
  const key = signerKey(found[1] ?? "", kind, bytes.subarray(1));
  return isName(key.name) && key.id.toString("hex") === found[2] ? key : null;
}

/** A key to sign with, from its name and 32 random bytes. */
export function signerKey(name: string, kind: VerifierKey["kind"], seed: Uint8Array): SignerKey {
  if (!isName(name)) throw new Error("A key needs a name without spaces and without a plus sign.");
  const der = Buffer.concat([pkcs8, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32);
  return { ...verifierKey(name, kind, publicKey), privateKey };
}

/** The private key as text, the counterpart of `parseSignerKey`. */
export function writeSignerKey(key: SignerKey): string {
  const seed = key.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const told = Buffer.concat([Buffer.from([kinds[key.kind]]), seed]).toString("base64");
  return `PRIVATE+KEY+${key.name}+${key.id.toString("hex")}+${told}`;
}

function verifierKey(name: string, kind: VerifierKey["kind"], publicKey: Buffer): VerifierKey {
  const id = createHash("sha256")
    .update(`${name}\n`, "utf8")
    .update(Buffer.from([kinds[kind]]))
    .update(publicKey)
    .digest()
    .subarray(0, 4);
  return { name, id, kind, publicKey: Buffer.from(publicKey) };
}

function signedBytes({ kind }: VerifierKey, text: string, atSeconds: number): Buffer {
  return Buffer.from(kind === "plain" ? text : `cosignature/v1\ntime ${atSeconds}\n${text}`, "utf8");
}

function publicKeyOf(bytes: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([spki, bytes]), format: "der", type: "spki" });
}

function uint64(count: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(count));
  return bytes;
}

/** Base64 that is written as it should be, or null. */
function decoded(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return text !== "" && bytes.toString("base64") === text ? bytes : null;
}

const isName = (name: string) => name !== "" && !/[\s+]/u.test(name);
// eslint-disable-next-line no-control-regex -- a note holds no control characters but newlines
const hasControl = (text: string) => /[\u0000-\u0009\u000b-\u001f\ufffd]/u.test(text);

// What stands before the 32 bytes of an Ed25519 key in DER. RFC 8410 section 10.
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
const spki = Buffer.from("302a300506032b6570032100", "hex");
