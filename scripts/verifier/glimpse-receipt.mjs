#!/usr/bin/env node
// Checks receipts of decisions of Glimpse by itself: what was decided, the signature of the log over it, and what the
// approver's passkey signed. One file, no dependency, no line shared with the server. With --log it also holds them
// against an export of the audit log, which glimpse-verify.mjs beside it checks first.
import crypto from "node:crypto";
import fs from "node:fs";
import { pathToFileURL } from "node:url";

/** A problem that ends the check of a receipt. */
class Bad extends Error {}

const MARK = ',"receipt":';
const sha256 = (bytes) => crypto.createHash("sha256").update(bytes).digest();
const fromUrl = (text) => Buffer.from(text, "base64url");
const isText = (value) => typeof value === "string";

/** RFC 8785 for what receipts hold: texts, whole numbers, true, false, null, lists and objects. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Keys of the log, one a line, as C2SP signed-note writes them; only those that sign as plain Ed25519. */
function parseKeys(text) {
  const keys = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, id, told] =
      /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)(?: from \d+)?(?: to \d+)?$/u.exec(line) ?? [];
    const bytes = Buffer.from(told ?? "", "base64");
    if (bytes.length !== 33) throw new Bad(`This is not a key: ${line}`);
    const own = sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes]));
    if (own.subarray(0, 4).toString("hex") !== id)
      throw new Bad(`The id of this key is not its own: ${line}`);
    if (bytes[0] !== 1) continue;
    const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes.subarray(1)]);
    keys.push({ name, id, publicKey: crypto.createPublicKey({ key: der, format: "der", type: "spki" }) });
  }
  if (keys.length === 0) throw new Bad("There is no key.");
  return keys;
}

/** A line of a file of receipts: what was signed, as it was signed, and the line that signs it. */
function parseLine(line) {
  const at = line.indexOf(MARK);
  if (at === -1 || !line.endsWith("}")) throw new Bad("This is not a receipt.");
  const body = line.slice(at + MARK.length, -1);
  const { glimpse, signature } = JSON.parse(`${line.slice(0, at)}}`);
  const receipt = JSON.parse(body);
  if (glimpse !== "receipt" || receipt.kind !== "glimpse receipt 1") throw new Bad("This is not a receipt.");
  if (canonical(receipt) !== body) throw new Bad("It is not written as it was signed.");
  return { body, receipt, signature, hash: sha256(body).toString("hex") };
}

function checkSignature({ body, signature }, keys) {
  if (signature === null) throw new Bad("It is not signed: no key of the log was set when it was made.");
  const [, name, told] = /^— (\S+) (\S+)$/u.exec(signature) ?? [];
  const bytes = Buffer.from(told ?? "", "base64");
  const said = Buffer.from(`glimpse receipt 1\n${body}\n`);
  const isSigned = keys.some(
    (key) =>
      key.name === name &&
      bytes.length === 68 &&
      bytes.subarray(0, 4).toString("hex") === key.id &&
      crypto.verify(null, said, key.publicKey, bytes.subarray(4)),
  );
  if (!isSigned) throw new Bad("It is not signed by a key that was given.");
}

/** What a passkey signed (WebAuthn level 3, section 7.2): on this address, with the person verified, exactly this decision. */
function checkPasskey({ decided, passkey }, origin) {
  if (passkey === null) return;
  const client = JSON.parse(fromUrl(passkey.clientDataJson).toString("utf8"));
  if (client.type !== "webauthn.get") throw new Bad("Its passkey did not sign, but was made.");
  if (!isText(decided.nonce) || client.challenge !== sha256(canonical(decided)).toString("base64url"))
    throw new Bad("Its passkey signed something else than this decision.");
  if (client.origin !== passkey.origin || (origin !== null && client.origin !== origin))
    throw new Bad(`Its passkey was used on another address: ${String(client.origin)}.`);
  const told = fromUrl(passkey.authenticatorData);
  if (told.length < 37 || !told.subarray(0, 32).equals(sha256(new URL(client.origin).hostname)))
    throw new Bad("Its passkey is bound to another host.");
  if ((told[32] & 0x05) !== 0x05) throw new Bad("Its passkey did not verify who used it.");
  const key = crypto.createPublicKey({ key: fromUrl(passkey.publicKey), format: "der", type: "spki" });
  const digests = { [-7]: "sha256", [-8]: null, [-257]: "sha256" };
  if (!(passkey.algorithm in digests)) throw new Bad("Its passkey signs in a way that is not known.");
  const signed = Buffer.concat([told, sha256(fromUrl(passkey.clientDataJson))]);
  if (!crypto.verify(digests[passkey.algorithm], signed, key, fromUrl(passkey.signature)))
    throw new Bad("The signature of its passkey does not hold.");
}

/** What the log says of passkeys and of receipts. */
class Log {
  passkeys = new Map();
  receipts = new Map();
  /** The events by which requests were sent. */
  sent = new Map();

  constructor(text) {
    for (const line of text.split("\n")) {
      const at = line.indexOf(',"entry":');
      if (at !== -1) this.read(JSON.parse(line.slice(at + 9, -1)));
    }
  }

  read({ seq, code, actor, requestNumber, details = {} }) {
    if (code === "passkey.added")
      this.passkeys.set(details.passkey, { of: actor.id, key: details.key, from: seq, to: Infinity });
    if (code === "request.submitted") this.sent.set(requestNumber, seq);
    const removed = code === "passkey.removed" ? this.passkeys.get(details.passkey) : undefined;
    if (removed) removed.to = seq;
    if (isText(details.receipt)) this.receipts.set(details.receipt, { seq, actor, requestNumber });
  }

  /** Whether the log names this receipt as that of its approver, and knows the passkey that signed it as theirs. */
  check({ hash, receipt: { decided, passkey } }) {
    const event = this.receipts.get(hash);
    if (!event) throw new Bad("No event of the log names it.");
    if (event.requestNumber !== decided.request.number || (decided.by && event.actor.id !== decided.by.id))
      throw new Bad(`Event ${event.seq} names it for somebody else, or for another request.`);
    if (decided.by === null) return;
    const theirs = [...this.passkeys.values()].filter(
      ({ of, from, to }) => of === decided.by.id && from < event.seq && event.seq < to,
    );
    // One that is younger than the request signs nothing of it, and is not asked for.
    const sent = this.sent.get(decided.request.number) ?? event.seq;
    const asked = theirs.some(({ from }) => from < sent);
    if (passkey === null && asked && decided.verdict !== "deny")
      throw new Bad(`${decided.by.name} had a passkey then, and it did not sign this.`);
    const print = passkey && sha256(fromUrl(passkey.publicKey)).toString("hex");
    if (print !== null && !theirs.some(({ key }) => key === print))
      throw new Bad(`By the log the passkey that signed it was not one of ${decided.by.name}.`);
  }
}

function inWords({ receipt: { decided, passkey, at } }) {
  const { by, standsInFor, verdict, request, fields, records } = decided;
  const who = by ? `${by.name}${standsInFor ? ` for ${standsInFor.name}` : ""}` : "nobody in person";
  const what = `${fields.map(({ column, level }) => `${column} (${level})`).join(", ")} of ${records.length} record${records.length === 1 ? "" : "s"}`;
  const key = passkey ? `, signed with the passkey “${passkey.name}”` : "";
  return `request ${request.number}: ${verdict} by ${who} at ${at}: ${what}${key}`;
}

const usage = `Checks receipts of decisions of Glimpse, offline.

  glimpse-receipt RECEIPTS --key KEY [--log EXPORT] [--all] [--origin ADDRESS] [--json]

  RECEIPTS          the file of receipts of a request, or of all of them
  --key KEY         the verifier key of the log (name+id+key), or a file with one a line; may be repeated
  --log EXPORT      an export of the whole log (NDJSON): it is checked first, then every receipt must be named in it,
                    and signed with a passkey that was registered by its approver, where they had one
  --all             the file must have every receipt that the log names
  --origin ADDRESS  the address of Glimpse that passkeys must have been used on
  --json            the answer as JSON

It ends with 0 when all is well, with 1 when something is wrong, and with 2 when it could not check.`;

/** Reads the arguments, checks, and gives the exit code and the words. */
export async function main(args) {
  let wanted;
  try {
    wanted = readArguments(args);
  } catch (error) {
    return { code: 2, words: `${error.message}\n\n${usage}` };
  }
  if (wanted === null) return { code: 0, words: usage };
  try {
    return await check(wanted);
  } catch (error) {
    const isBad = error instanceof Bad || error instanceof SyntaxError;
    return {
      code: isBad ? 1 : 2,
      words: isBad ? `BAD: ${error.message}` : `Could not check: ${error.message}`,
    };
  }
}

function readArguments(args) {
  const wanted = { key: [], log: null, origin: null, all: false, json: false, file: null };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === "--help") return null;
    if (arg === "--all" || arg === "--json") wanted[arg.slice(2)] = true;
    else if (arg === "--key" || arg === "--log" || arg === "--origin") {
      const value = args[++at];
      if (value === undefined) throw new Error(`${arg} needs something after it.`);
      if (arg === "--key") wanted.key.push(value);
      else wanted[arg.slice(2)] = value;
    } else if (arg.startsWith("--") || wanted.file !== null) throw new Error(`What is ${arg}?`);
    else wanted.file = arg;
  }
  if (wanted.file === null) throw new Error("Say which receipts.");
  if (wanted.key.length === 0) throw new Error("Say which key: --key name+id+key, or a file that holds it.");
  if (wanted.all && wanted.log === null) throw new Error("--all needs --log.");
  return wanted;
}

async function check(wanted) {
  const keyText = (text) =>
    /^[^\s+]+\+[0-9a-f]{8}\+\S+$/u.test(text) ? text : fs.readFileSync(text, "utf8");
  const keys = parseKeys(wanted.key.map(keyText).join("\n"));
  if (wanted.log !== null) {
    const { main: verify } = await import("./glimpse-verify.mjs");
    const whole = await verify([wanted.log, ...wanted.key.flatMap((key) => ["--key", key])]);
    if (whole.code !== 0) return { code: whole.code, words: `The log does not hold. ${whole.words}` };
  }
  const log = wanted.log === null ? null : new Log(fs.readFileSync(wanted.log, "utf8"));
  const lines = fs.readFileSync(wanted.file, "utf8").split("\n").filter(Boolean);
  if (lines.length === 0) throw new Bad("There is no receipt in this file.");
  const answers = lines.map((line, at) => judged(line, at + 1, { keys, log, origin: wanted.origin }));
  const found = new Set(answers.map(({ hash }) => hash));
  const missing = wanted.all ? [...log.receipts].filter(([hash]) => !found.has(hash)) : [];
  for (const [hash, { seq }] of missing)
    answers.push({ ok: false, hash, words: `event ${seq} names a receipt that is not here` });
  const code = answers.every(({ ok }) => ok) ? 0 : 1;
  const words = answers.map(({ ok, words: said }) => `${ok ? "GOOD" : "BAD"}: ${said}`).join("\n");
  return { code, words: wanted.json ? JSON.stringify({ ok: code === 0, receipts: answers }) : words };
}

function judged(line, number, { keys, log, origin }) {
  let read = null;
  try {
    read = parseLine(line);
    checkSignature(read, keys);
    checkPasskey(read.receipt, origin);
    log?.check(read);
    return { ok: true, hash: read.hash, words: inWords(read) };
  } catch (error) {
    // Whatever cannot be read in it is wrong with it.
    const what = error instanceof Bad ? error.message : "It cannot be read as a receipt.";
    const which = read ? `request ${read.receipt.decided?.request?.number}` : `line ${number}`;
    return { ok: false, hash: read?.hash ?? null, words: `${which}: ${what}` };
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const { code, words } = await main(process.argv.slice(2));
  (code === 0 ? process.stdout : process.stderr).write(`${words}\n`);
  process.exitCode = code;
}
