#!/usr/bin/env node
// Checks receipts of decisions and openings of Glimpse by itself: what was decided or opened, the signature of the log over
// it, and what the passkey of the approver or the holder signed. One file, no dependency, no line shared with the server. With --log it also holds them
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

/** What a passkey signed (WebAuthn level 3, section 7.2): on this address, with the person verified, exactly this. */
function checkPasskey({ decided, passkey }, origin) {
  const isOpening = decided.verdict === "open";
  if (isOpening !== (decided.opens !== undefined)) throw new Bad("It does not say what it opens.");
  if (passkey === null && isOpening) throw new Bad("No passkey signed what it opens.");
  if (passkey === null) return;
  const client = JSON.parse(fromUrl(passkey.clientDataJson).toString("utf8"));
  if (client.type !== "webauthn.get") throw new Bad("Its passkey did not sign, but was made.");
  if (!isText(decided.nonce) || client.challenge !== sha256(canonical(decided)).toString("base64url"))
    throw new Bad(`Its passkey signed something else than this ${isOpening ? "opening" : "decision"}.`);
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

/** Which events name a receipt, by what it says. */
const namedBy = {
  approve: ["request.approved", "request.endorsed"],
  narrow: ["request.narrowed", "request.endorsed"],
  deny: ["request.denied"],
  policy: ["request.granted_by_policy"],
  "policy-deny": ["request.denied_by_policy"],
  emergency: ["emergency.opened"],
  open: ["reveal.signed"],
};
const decidingCodes = new Set(Object.values(namedBy).flat());
/** How long a passkey may take to sign, and what it signed lets a grant open; with a minute for who waits for the log. */
const mostToSignMs = 4 * 60_000;
const mostToOpenMs = 11 * 60_000;

/** What the log says of passkeys, of receipts, and of what was opened. */
class Log {
  passkeys = new Map();
  receipts = new Map();
  /** The events by which requests were sent, and those of them whose rule asks that a passkey signs what opens. */
  sent = new Map();
  asking = new Set();
  reveals = [];
  /** What is wrong with it whatever receipts there are. */
  faults = [];
  /** From its first receipt on, each event of a code has one. */
  receipted = new Set();

  constructor(text) {
    for (const line of text.split("\n")) {
      const at = line.indexOf(',"entry":');
      if (at !== -1) this.read(JSON.parse(line.slice(at + 9, -1)));
    }
  }

  read(entry) {
    const { seq, code, actor, requestNumber, details = {} } = entry;
    if (code === "passkey.added")
      this.passkeys.set(details.passkey, { of: actor.id, key: details.key, from: seq, to: Infinity });
    if (code === "request.submitted") this.sent.set(requestNumber, seq);
    if (code === "request.submitted" && details.asksPasskey === true) this.asking.add(requestNumber);
    if (code === "reveal.opened") this.reveals.push(entry);
    const removed = code === "passkey.removed" ? this.passkeys.get(details.passkey) : undefined;
    if (removed) removed.to = seq;
    if (!decidingCodes.has(code)) return;
    if (isText(details.receipt)) {
      this.receipts.set(details.receipt, entry);
      this.receipted.add(code);
    } else if (this.receipted.has(code)) this.faults.push(`event ${seq} (${code}) names no receipt`);
  }

  /** Whether the log names this receipt as that of whoever decided or opens, and knows the passkey that signed it as theirs. */
  check({ hash, receipt: { decided, passkey } }) {
    const event = this.receipts.get(hash);
    if (!event) throw new Bad("No event of the log names it.");
    if (event.requestNumber !== decided.request.number || (decided.by && event.actor.id !== decided.by.id))
      throw new Bad(`Event ${event.seq} names it for somebody else, or for another request.`);
    if (!namedBy[decided.verdict]?.includes(event.code))
      throw new Bad(`Event ${event.seq} (${event.code}) names it, and it says “${decided.verdict}”.`);
    if (decided.opens) this.checkOpening(event, decided.opens);
    if (decided.by === null) return;
    const theirs = [...this.passkeys.values()].filter(
      ({ of, from, to }) => of === decided.by.id && from < event.seq && event.seq < to,
    );
    // One that is younger than the request signs no decision on it, and is not asked for.
    const sent = this.sent.get(decided.request.number) ?? event.seq;
    const asked = theirs.some(({ from }) => from < sent);
    if (passkey === null && asked && decided.verdict !== "deny")
      throw new Bad(`${decided.by.name} had a passkey then, and it did not sign this.`);
    const print = passkey && sha256(fromUrl(passkey.publicKey)).toString("hex");
    const signing = theirs.filter(({ key }) => key === print);
    if (print !== null && signing.length === 0)
      throw new Bad(`By the log the passkey that signed it was not one of ${decided.by.name}.`);
    if (print !== null && decided.verdict !== "open" && !signing.some(({ from }) => from < sent))
      throw new Bad("The passkey that signed it was registered after the request was sent.");
  }

  /** What a passkey signed once opens nothing at another time, and no other grant. */
  checkOpening({ seq, grantId, occurredUs }, { grantId: opens, askedAt }) {
    if (grantId !== opens) throw new Bad(`Event ${seq} names it for another grant.`);
    const took = occurredUs / 1000 - Date.parse(askedAt);
    if (!(took >= 0 && took <= mostToSignMs))
      throw new Bad(`Event ${seq} is of another time than its passkey signed.`);
  }

  /** What opened without that its holder signed it, as far as these receipts, which hold, tell. */
  unsigned(held) {
    return this.reveals.flatMap((event) => {
      const { seq, requestNumber, details = {} } = event;
      const told = isText(details.opening) ? held.get(details.opening) : null;
      if (told === null)
        return this.asking.has(requestNumber)
          ? [
              `event ${seq} shows values of request ${requestNumber}, whose rule asks for a passkey, and none has signed it`,
            ]
          : [];
      if (told && this.covers(told, event)) return [];
      return [
        `event ${seq} names a receipt of an opening that is not here, does not hold, or is of something else`,
      ];
    });
  }

  covers({ hash, receipt: { decided } }, { seq, grantId, actor, occurredUs, resource = {} }) {
    const signed = this.receipts.get(hash);
    const { records = [], fields = [] } = resource;
    const names = decided.fields.map(({ column }) => column);
    return (
      decided.opens?.grantId === grantId &&
      decided.by.id === actor.id &&
      signed.seq < seq &&
      (occurredUs - signed.occurredUs) / 1000 <= mostToOpenMs &&
      records.every((record) => decided.records.includes(record)) &&
      fields.every((field) => names.includes(field))
    );
  }
}

function inWords({ receipt: { decided, passkey, at } }) {
  const { by, standsInFor, verdict, request, fields, records } = decided;
  const who = by ? `${by.name}${standsInFor ? ` for ${standsInFor.name}` : ""}` : "nobody in person";
  const what = `${fields.map(({ column, level }) => `${column} (${level})`).join(", ")} of ${records.length} record${records.length === 1 ? "" : "s"}`;
  const key = passkey ? `, signed with the passkey “${passkey.name}”` : "";
  return `request ${request.number}: ${verdict} by ${who} at ${at}: ${what}${key}`;
}

const usage = `Checks receipts of decisions and openings of Glimpse, offline.

  glimpse-receipt RECEIPTS --key KEY [--log EXPORT] [--all] [--origin ADDRESS] [--json]

  RECEIPTS          the file of receipts of a request, or of all of them
  --key KEY         the verifier key of the log (name+id+key), or a file with one a line; may be repeated
  --log EXPORT      an export of the whole log (NDJSON): it is checked first, then every receipt must be named in it,
                    and signed with a passkey that was registered by whoever decided or opens, where they had one
  --all             the file must have every receipt that the log names; each decision must have one, and each reveal
                    whose rule asks for a passkey what the passkey of its holder signed
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
  const nonces = new Map();
  const answers = lines.map((line, at) => judged(line, at + 1, { keys, log, nonces, origin: wanted.origin }));
  if (wanted.all) answers.push(...lacking(log, answers));
  const code = answers.every(({ ok }) => ok) ? 0 : 1;
  const words = answers.map(({ ok, words: said }) => `${ok ? "GOOD" : "BAD"}: ${said}`).join("\n");
  return { code, words: wanted.json ? asJson(code, answers) : words };
}

const asJson = (code, answers) =>
  JSON.stringify({ ok: code === 0, receipts: answers.map(({ ok, hash, words }) => ({ ok, hash, words })) });

/** What the log tells of and these receipts do not. */
function lacking(log, answers) {
  const found = new Set(answers.map(({ hash }) => hash));
  const held = new Map(answers.flatMap(({ ok, hash, read }) => (ok ? [[hash, read]] : [])));
  const missing = [...log.receipts].filter(([hash]) => !found.has(hash));
  const bad = (words, hash = null) => ({ ok: false, hash, words });
  return [
    ...missing.map(([hash, { seq }]) => bad(`event ${seq} names a receipt that is not here`, hash)),
    ...log.faults.map((words) => bad(words)),
    ...log.unsigned(held).map((words) => bad(words)),
  ];
}

function judged(line, number, { keys, log, origin, nonces }) {
  let read = null;
  try {
    read = parseLine(line);
    checkSignature(read, keys);
    checkPasskey(read.receipt, origin);
    const { nonce } = read.receipt.decided;
    // A passkey signs once: who has the key of the log could put what it signed into a second receipt.
    if (nonce !== null && (nonces.get(nonce) ?? read.hash) !== read.hash)
      throw new Bad("What its passkey signed stands in another receipt.");
    nonces.set(nonce, read.hash);
    log?.check(read);
    return { ok: true, hash: read.hash, words: inWords(read), read };
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
