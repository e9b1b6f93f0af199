#!/usr/bin/env node
// Checks an export of Glimpse's audit log by itself: one file, no dependency, no line shared with the server.
// What lies between the two marks is the same in glimpse-verify.html, which runs it in a browser.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

// --- core: begin ---
const COLUMNS = [
  "seq",
  "code",
  "outcome",
  "occurred_at",
  "actor_id",
  "source_id",
  "table_id",
  "request_id",
  "grant_id",
];
const ENTRY_MARK = ',"entry":';

/** A problem that ends a check. `event`: the first bad event, where one can be named. */
class Bad extends Error {
  constructor(what, event = null) {
    super(what);
    this.event = event;
  }
}

function fromBase64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
  return toBase64(bytes) === text ? bytes : null;
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const utf8 = (text) => new TextEncoder().encode(text);

// Hashes are texts of 64 hexadecimal digits from here on. `env.hash` hashes bytes, `env.put` writes a hash among bytes.

/** RFC 9162 section 2.1.1: SHA-256(0x01 || left || right). */
function nodeHasher(env) {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  return (left, right) => {
    env.put(bytes, left, 1);
    env.put(bytes, right, 33);
    return env.hash(bytes);
  };
}

/** RFC 9162 section 2.1.1: SHA-256(0x00 || entry). */
function leafHash(env, entry) {
  return env.hash(joined(new Uint8Array(1), entry));
}

/** A hash that is written in base64; empty when it is none. */
function hashOf(base64) {
  const bytes = fromBase64(base64);
  return bytes?.length === 32 ? toHex(bytes) : "";
}

/** A Merkle tree that grows, as the roots of its perfect subtrees. */
class Tree {
  constructor(env) {
    this.env = env;
    this.node = nodeHasher(env);
    this.size = 0;
    this.roots = [];
  }
  append(leaf) {
    let hash = leaf;
    for (let size = this.size; size % 2 === 1; size = (size - 1) / 2)
      hash = this.node(this.roots.pop(), hash);
    this.roots.push(hash);
    this.size++;
  }
  root() {
    if (this.roots.length === 0) return this.env.hash(new Uint8Array());
    return this.roots.reduceRight((right, left) => this.node(left, right));
  }
}

const isCount = (count) => Number.isSafeInteger(count) && count >= 0;
const areHashes = (hashes) => hashes.every((hash) => hash.length === 64);

/** Whether a leaf stands at `index` of a tree. RFC 9162 section 2.1.3.2. */
function includes(env, { index, size, root, leaf, proof }) {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([root, leaf, ...proof])) return false;
  const node = nodeHasher(env);
  let fn = index;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = node(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else r = node(r, p);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && r === root;
}

/** Whether one tree begins with another. RFC 9162 section 2.1.4.2. */
function extendsTree(env, { size1, root1, size2, root2, proof }) {
  if (!isCount(size1) || !isCount(size2) || size1 < 1 || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && root1 === root2;
  if (!areHashes([root1, root2, ...proof])) return false;
  const node = nodeHasher(env);
  let power = size1;
  while (power % 2 === 0) power /= 2;
  const path = power === 1 ? [root1, ...proof] : [...proof];
  if (path.length === 0) return false;
  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = path[0];
  let sr = path[0];
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = node(c, fr);
      sr = node(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else sr = node(sr, c);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && fr === root1 && sr === root2;
}

/** Keys, one a line: `name+id+key`, then `from SIZE` and `to SIZE` where a key counts for some checkpoints alone. */
function parseKeys(env, text) {
  const keys = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)(?: from (\d+))?(?: to (\d+))?$/u.exec(line);
    const bytes = found && fromBase64(found[3]);
    if (!bytes || bytes.length !== 33 || (bytes[0] !== 1 && bytes[0] !== 4))
      throw new Bad(`This is not a key: ${line}`);
    const id = env.hash(joined(utf8(`${found[1]}\n`), bytes)).slice(0, 8);
    if (id !== found[2]) throw new Bad(`The id of this key is not its own: ${line}`);
    keys.push({
      name: found[1],
      id,
      isWitness: bytes[0] === 4,
      bytes: bytes.slice(1),
      from: Number(found[4] ?? 0),
      to: Number(found[5] ?? Number.MAX_SAFE_INTEGER),
    });
  }
  if (keys.length === 0) throw new Bad("There is no key.");
  return keys;
}

/** A checkpoint (C2SP tlog-checkpoint, signed-note): its parts, not yet checked. */
function parseCheckpoint(note) {
  const at = note.lastIndexOf("\n\n");
  const text = note.slice(0, at + 1);
  const [origin, size, hash] = text.split("\n");
  const root = hashOf(hash ?? "");
  if (at === -1 || !note.endsWith("\n") || !/^(0|[1-9]\d{0,15})$/.test(size ?? "") || root === "")
    throw new Bad("This is not a checkpoint.");
  const signatures = note
    .slice(at + 2, -1)
    .split("\n")
    .map((line) => {
      const [, name, told] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
      const bytes = told && fromBase64(told);
      if (!bytes || bytes.length < 5) throw new Bad("A signature of the checkpoint cannot be read.");
      return { name, id: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
    });
  return { origin, size: Number(size), root, text, signatures };
}

/** Opens a checkpoint: signed by a key of its name that counts for its size, and by every witness. */
async function openCheckpoint(env, note, keys, which) {
  const checkpoint = parseCheckpoint(note);
  const { text, size, origin, signatures } = checkpoint;
  const isSigned = async (key) => {
    for (const { name, id, bytes } of signatures) {
      if (name !== key.name || id !== key.id || bytes.length !== (key.isWitness ? 72 : 64)) continue;
      const seconds = key.isWitness ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) : 0n;
      const said = key.isWitness ? `cosignature/v1\ntime ${seconds}\n${text}` : text;
      if (await env.verify(key.bytes, utf8(said), bytes.slice(key.isWitness ? 8 : 0))) return true;
    }
    return false;
  };
  const signing = [];
  for (const key of keys)
    if (!key.isWitness && key.name === origin && (await isSigned(key))) signing.push(key);
  if (signing.length === 0) throw new Bad(`${which} is not signed by a key that was given.`);
  if (!signing.some(({ from, to }) => size >= from && size <= to))
    throw new Bad(`${which} is signed by a key that does not count for its size.`);
  for (const key of keys.filter(({ isWitness }) => isWitness))
    if (!(await isSigned(key))) throw new Bad(`${which} is not cosigned by the witness ${key.name}.`);
  return checkpoint;
}

/** A literal text, as bytes to compare with. */
const HEAD_BEGIN = utf8('{"columns":[');
const HEAD_LEAF = utf8('],"leaf":"');
const HEAD_END = utf8(`"${ENTRY_MARK}`);
const TRUE = utf8("true");
const FALSE = utf8("false");
const NULL = utf8("null");
/** What the rules of pruning are judged by: these are read as JSON. */
const RULES = [utf8('"audit.pruned"'), utf8('"retention.'), utf8('"hold.')];

/** The members of an entry that columns show, by the places of COLUMNS. */
const SHOWN = [
  { name: utf8("actor"), inside: [{ name: utf8("id"), column: 4 }] },
  { name: utf8("code"), column: 1 },
  { name: utf8("grantId"), column: 8 },
  { name: utf8("occurredUs"), column: 3 },
  { name: utf8("outcome"), column: 2 },
  { name: utf8("requestId"), column: 7 },
  {
    name: utf8("resource"),
    inside: [
      { name: utf8("sourceId"), column: 5 },
      { name: utf8("tableId"), column: 6 },
    ],
  },
  { name: utf8("seq"), column: 0 },
];

/** Whether these bytes stand there. */
function standsAt(bytes, at, wanted) {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

/**
 * Reads the canonical JSON (RFC 8785) of a line without making anything of it: no spaces, whole numbers, members in order
 * and none twice. Whatever it is not sure of, such as escapes, fractions and names that are not ASCII, and whatever is not
 * JSON, ends it with -1. The line must have its end after it, which nothing passes.
 */
class Scanner {
  constructor() {
    /** Where the value of each column begins and ends in the entry; -1 where it has none. */
    this.spans = new Int32Array(2 * COLUMNS.length);
  }

  /** The end of an entry that begins there; -1 where it is not sure. */
  entry(bytes, at) {
    this.spans.fill(-1);
    return bytes[at] === 0x7b ? this.object(bytes, at, SHOWN, 0) : -1;
  }

  value(bytes, at, shown, depth) {
    const byte = bytes[at];
    if (byte === 0x22) return this.string(bytes, at);
    if (byte === 0x7b) return this.object(bytes, at, shown, depth + 1);
    if (byte === 0x5b) return this.array(bytes, at, depth + 1);
    if (byte >= 0x30 && byte <= 0x39) return this.number(bytes, at);
    if (byte === 0x6e) return standsAt(bytes, at, NULL) ? at + 4 : -1;
    if (byte === 0x74) return standsAt(bytes, at, TRUE) ? at + 4 : -1;
    return byte === 0x66 && standsAt(bytes, at, FALSE) ? at + 5 : -1;
  }

  string(bytes, begin) {
    for (let at = begin + 1; ; at++) {
      const byte = bytes[at];
      if (byte === 0x22) return at + 1;
      if (byte < 0x20 || byte === 0x5c) return -1;
    }
  }

  number(bytes, begin) {
    let at = begin + 1;
    while (bytes[at] >= 0x30 && bytes[at] <= 0x39) at++;
    const digits = at - begin;
    // Below 9 with fifteen zeros each whole number is exact.
    if (digits > 16 || (digits === 16 && bytes[begin] === 0x39) || (digits > 1 && bytes[begin] === 0x30))
      return -1;
    const next = bytes[at];
    return next === 0x2c || next === 0x5d || next === 0x7d ? at : -1;
  }

  array(bytes, begin, depth) {
    if (depth > 50) return -1;
    if (bytes[begin + 1] === 0x5d) return begin + 2;
    for (let at = begin + 1; ; at++) {
      at = this.value(bytes, at, null, depth);
      if (at === -1) return -1;
      if (bytes[at] === 0x5d) return at + 1;
      if (bytes[at] !== 0x2c) return -1;
    }
  }

  object(bytes, begin, shown, depth) {
    if (depth > 50) return -1;
    if (bytes[begin + 1] === 0x7d) return begin + 2;
    let before = 0;
    for (let at = begin + 1; ; at++) {
      if (bytes[at] !== 0x22) return -1;
      const name = at + 1;
      for (at = name; bytes[at] !== 0x22; at++)
        if (bytes[at] < 0x20 || bytes[at] > 0x7e || bytes[at] === 0x5c) return -1;
      if (before !== 0 && !comesAfter(bytes, before, name)) return -1;
      before = name;
      if (bytes[at + 1] !== 0x3a) return -1;
      const member = shown === null ? undefined : this.find(bytes, name, at - name, shown);
      const value = at + 2;
      at = this.value(bytes, value, member?.inside ?? null, depth);
      if (at === -1) return -1;
      if (member?.column !== undefined) {
        this.spans[2 * member.column] = value;
        this.spans[2 * member.column + 1] = at;
      }
      if (bytes[at] === 0x7d) return at + 1;
      if (bytes[at] !== 0x2c) return -1;
    }
  }

  find(bytes, at, length, shown) {
    for (const member of shown)
      if (member.name.length === length && standsAt(bytes, at, member.name)) return member;
    return undefined;
  }

  /** The whole number that the entry gives a column; -1 where it is none. */
  count(bytes, column) {
    const [begin, end] = [this.spans[2 * column], this.spans[2 * column + 1]];
    if (begin === -1) return -1;
    let count = 0;
    for (let at = begin; at < end; at++) {
      if (bytes[at] < 0x30 || bytes[at] > 0x39) return -1;
      count = 10 * count + bytes[at] - 0x30;
    }
    return count;
  }

  /** The end of the columns, which begin there, if they say byte for byte what the entry says; else -1. */
  columns(bytes, begin) {
    let at = begin;
    for (let column = 0; column < COLUMNS.length; column++) {
      if (column > 0 && bytes[at++] !== 0x2c) return -1;
      const from = this.spans[2 * column];
      // Milliseconds are shown of microseconds.
      const to = this.spans[2 * column + 1] - (column === 3 ? 3 : 0);
      if (from === -1 || (column > 3 && bytes[from] === 0x6e)) {
        if (column < 4 || !standsAt(bytes, at, NULL)) return -1;
        at += 4;
        continue;
      }
      // Numbers are numbers, and all else is text.
      if (to <= from || (bytes[from] === 0x22) === (column === 0 || column === 3)) return -1;
      for (let index = from; index < to; index++) if (bytes[at++] !== bytes[index]) return -1;
    }
    return at;
  }
}

/** Whether the second of two names, each up to its quote, comes after the first. */
function comesAfter(bytes, first, second) {
  for (let at = 0; ; at++) {
    const [a, b] = [bytes[first + at], bytes[second + at]];
    if (a === 0x22) return b !== 0x22;
    if (b === 0x22 || a > b) return false;
    if (a < b) return true;
  }
}

function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

/** An id as columns show it: older entries may have one in capitals, which is the same id. */
const plainId = (id) => (typeof id === "string" ? id.toLowerCase() : (id ?? null));

/** The columns that an entry stands for, in the order of COLUMNS. */
function columnsOf(entry) {
  return [
    entry.seq,
    entry.code,
    entry.outcome,
    Math.floor(entry.occurredUs / 1000),
    plainId(entry.actor?.id),
    plainId(entry.resource?.sourceId),
    plainId(entry.resource?.tableId),
    plainId(entry.requestId),
    plainId(entry.grantId),
  ];
}

/** The cells of a line of the CSV that an entry stands for, by name; the server writes an apostrophe before formulas. */
function cellsOf(entry) {
  const { actor = {}, resource = {} } = entry;
  const words = (list) => list?.join(" ") ?? "";
  const cells = {
    number: String(entry.seq),
    occurred_at: new Date(entry.occurredUs / 1000).toISOString(),
    code: entry.code,
    outcome: entry.outcome,
    actor: actor.name,
    actor_id: actor.id ?? "",
    actor_roles: words(actor.roles),
    session: entry.session ?? "",
    channel: entry.channel,
    address: entry.ip ?? "",
    source: resource.source ?? "",
    table: resource.table ?? "",
    records: words(resource.records),
    record_count: resource.recordCount?.toString() ?? "",
    fields: words(resource.fields),
    classes: words(resource.classes),
    levels: words(resource.levels),
    request: entry.requestNumber?.toString() ?? "",
    grant: entry.grantId ?? "",
    subject: entry.subject?.name ?? "",
    approvers: entry.approvers?.map(({ name }) => name).join(", ") ?? "",
    purpose: entry.purpose ?? "",
    reason: entry.reason ?? "",
    ticket: entry.ticket ?? "",
    policy_version: entry.policyVersion?.toString() ?? "",
    details: entry.details ? JSON.stringify(entry.details) : "",
  };
  for (const name in cells)
    if (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cells[name])) cells[name] = `'${cells[name]}`;
  return cells;
}

const DAY_US = 86_400e6;
/** Nobody can set a shorter period. */
const SHORTEST_DAYS = 90;

/** Who acted, where it was a person; else null. */
const personOf = ({ actor }) => (actor?.kind === "person" && typeof actor.id === "string" ? actor : null);

/** The period, the holds of the whole log, and what was pruned under them, as the events say it in their order. */
class Rules {
  constructor() {
    /** A period that waits for a second person, and the one that counts. */
    this.waiting = null;
    this.inForce = null;
    this.periods = [];
    /** Holds of everything, by name: how many stand, and who asked to lift one. */
    this.holds = new Map();
    /** Events that say what was pruned. None happened later than what stands after it: `atUs` is the latest of them. */
    this.prunings = [];
    this.atUs = Number.NEGATIVE_INFINITY;
  }

  event(entry) {
    if (entry.code === "audit.pruned") this.prunedBy(entry);
    else if (entry.code.startsWith("retention.")) this.period(entry);
    else if (entry.code.startsWith("hold.")) this.hold(entry);
  }

  period({ code, seq, occurredUs, details, ...rest }) {
    const by = personOf(rest);
    const days = details?.days;
    const { waiting } = this;
    if (code === "retention.set") this.waiting = { seq, occurredUs, days, by };
    else if (code === "retention.dropped") {
      // Together with another that was set, it is about the one before that.
      if (waiting && !(seq === waiting.seq + 1 && occurredUs === waiting.occurredUs)) this.waiting = null;
    } else if (code === "retention.confirmed") {
      const isDecided = by && waiting?.by && by.id !== waiting.by.id && days === waiting.days;
      const period = { days, set: waiting, confirmed: { seq, by } };
      this.inForce = isDecided ? period : null;
      this.periods.push(period);
      this.waiting = null;
    }
  }

  hold({ code, subject, resource, details, ...rest }) {
    // What a part of the log is, cannot be judged without the entries that were pruned.
    if (subject || resource || details?.from !== undefined || details?.to !== undefined) return;
    const [name, by] = [details?.hold, personOf(rest)];
    const hold = this.holds.get(name) ?? { standing: 0, askers: new Set() };
    if (code === "hold.placed") {
      hold.standing++;
      this.holds.set(name, hold);
    } else if (code === "hold.lift_asked") {
      if (by) hold.askers.add(by.id);
    } else if (code === "hold.lifted" && by && [...hold.askers].some((id) => id !== by.id))
      if (--hold.standing <= 0) this.holds.delete(name);
  }

  /** An event that says what was pruned before it. */
  prunedBy({ seq, occurredUs, details }) {
    const spans = [];
    const ranges = details?.ranges ?? [];
    for (const range of Array.isArray(ranges) ? ranges : [null]) {
      const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(range) ?? [];
      const span = { from: Number(from), to: Number(to) };
      if (!(span.from <= span.to && span.to < seq))
        throw new Bad("It does not say which events before it were pruned.", seq);
      spans.push(span);
    }
    this.prunings.push({
      seq,
      atUs: occurredUs,
      days: details?.days,
      why: this.whyNot(details?.days),
      spans,
    });
    this.atUs = occurredUs;
  }

  /** Why nothing could be pruned by such a period just now; null where it could. */
  whyNot(days) {
    if (!Number.isSafeInteger(days) || days < SHORTEST_DAYS)
      return `, which names no period of at least ${SHORTEST_DAYS} days.`;
    if (this.inForce?.days !== days)
      return `, whose period of ${days} days no two people had set and confirmed before.`;
    return this.holds.size > 0 ? " while all of the log was under a hold." : null;
  }

  /** What happened later happened at this time: no pruning before it was after that. */
  notAfter(us) {
    for (let at = this.prunings.length - 1; this.prunings[at]?.atUs > us; at--) this.prunings[at].atUs = us;
    this.atUs = Math.min(this.atUs, us);
  }

  /** All that was said to be pruned, as it looks now. */
  end(nowUs) {
    this.notAfter(nowUs);
    return this.prunings.flatMap((by) => by.spans.map((span) => ({ ...span, by })));
  }
}

/** Why what stands around a run does not prove it old enough; null where it does. A day is for clocks that were set back. */
function whyTooYoung({ beforeUs, afterUs }, { atUs, days }) {
  const limit = atUs - days * DAY_US + DAY_US;
  if (!(beforeUs < limit && afterUs < limit)) return " sooner than the period that this names.";
  return Math.floor(beforeUs / DAY_US) === Math.floor(afterUs / DAY_US)
    ? null
    : ", and the events around it are not of one day.";
}

/**
 * Checks an export piece by piece. `options`: keys (text), checkpoint and since (notes; since may be several), part
 * (a CSV that a filter was put on), published (async: the leaf hash that was published of an event, or null).
 */
class Check {
  constructor(env, options) {
    this.env = env;
    this.options = options;
    this.keys = parseKeys(env, options.keys);
    this.tree = new Tree(env);
    this.scanner = new Scanner();
    this.header = null;
    this.rest = new Uint8Array();
    this.reading = null;
    this.count = 0;
    this.last = -1;
    this.ended = null;
    this.pruned = [];
    this.isRunOpen = false;
    this.rules = new Rules();
    this.lastUs = Number.POSITIVE_INFINITY;
    this.sinceRoots = new Map();
    this.sinceSizes = new Set();
    this.begun = false;
  }

  /** Opens the checkpoints that were given from elsewhere, before the first piece. */
  async begin() {
    const { since = [], checkpoint, published } = this.options;
    this.since = [];
    for (const note of since)
      this.since.push(await openCheckpoint(this.env, note, this.keys, "The older checkpoint"));
    this.since.sort((a, b) => a.size - b.size);
    this.given = checkpoint ? await openCheckpoint(this.env, checkpoint, this.keys, "The checkpoint") : null;
    this.published = published ?? null;
    this.begun = true;
  }

  async push(chunk) {
    if (!this.begun) await this.begin();
    let bytes = chunk;
    if (this.reading === null && bytes.length > 0) this.reading = bytes[0] === 0x7b ? "ndjson" : "csv";
    if (this.reading === "ndjson" && this.rest.length > 0) {
      // Only the line that was cut is put together again.
      const end = chunk.indexOf(10) + 1;
      if (end === 0) {
        this.rest = joined(this.rest, chunk);
        return;
      }
      await this.lines(joined(this.rest, chunk.subarray(0, end)));
      bytes = chunk.subarray(end);
    } else if (this.rest.length > 0) bytes = joined(this.rest, chunk);
    const used = this.reading === "csv" ? this.csv(bytes) : await this.lines(bytes);
    // A copy: whoever reads may use the same memory for the next piece.
    this.rest = joined(bytes.subarray(used));
  }

  async lines(bytes) {
    let from = 0;
    for (;;) {
      const to = bytes.indexOf(10, from);
      if (to === -1) return from;
      if (this.header === null) await this.readHeader(this.env.decode(bytes.subarray(from, to)));
      else this.line(bytes, from, to);
      from = to + 1;
    }
  }

  async readHeader(text) {
    const header = JSON.parse(text);
    if (header.glimpse !== "audit-export" || header.v !== 1)
      throw new Bad("This is not an export of an audit log.");
    this.header = header;
    this.isPart = header.kind !== "whole";
    // A part may say that it has no gaps, and from where to where it goes.
    this.hasGaps = this.isPart && !isCount(header.from);
    if (this.isPart && !this.hasGaps) this.last = header.from - 1;
    const note = header.checkpoint;
    if (this.given === null && note !== null)
      this.checkpoint = await openCheckpoint(this.env, note, this.keys, "The checkpoint");
    else this.checkpoint = this.given;
  }

  line(bytes, from, to) {
    if (this.ended !== null) throw new Bad("There is more after the end of the export.");
    if (!this.isPart && this.isPlain(bytes, from, to)) return;
    const text = this.env.decode(bytes.subarray(from, to));
    const at = text.indexOf(ENTRY_MARK);
    if (at === -1) {
      const told = JSON.parse(text);
      if (isCount(told.pruned)) return this.prune(told.pruned, told.leaf, told.proof);
      const { end } = told;
      if (!isCount(end)) throw new Bad("A line of the export cannot be read.", this.last + 1);
      this.ended = end;
      return;
    }
    if (!text.endsWith("}")) throw new Bad("A line of the export cannot be read.", this.last + 1);
    const head = text.slice(0, at);
    const entryText = text.slice(at + ENTRY_MARK.length, -1);
    const entry = this.parse(entryText);
    const isAscii = text.length === to - from;
    const start = from + (isAscii ? at : utf8(head).length) + ENTRY_MARK.length;
    const leaf = this.leafAt(bytes, start, to - 1);
    this.event(entry, leaf, canonical(entry) === entryText);
    this.besides(head, entry, leaf);
  }

  /** The hash of an entry where it lies: the colon before it gives its place to the zero of a leaf. */
  leafAt(bytes, start, end) {
    bytes[start - 1] = 0;
    const leaf = this.env.hash(bytes.subarray(start - 1, end));
    bytes[start - 1] = 0x3a;
    return leaf;
  }

  /**
   * Checks a line of which every byte is as it should be, which is nearly each; false leaves it to be read as JSON, which
   * finds what is wrong, or that nothing is.
   */
  isPlain(bytes, from, to) {
    if (!standsAt(bytes, from, HEAD_BEGIN)) return false;
    // No text of a column holds a bracket; one that does is not plain.
    const leafAt = bytes.indexOf(0x5d, from);
    if (leafAt === -1) return false;
    const leafStart = leafAt + HEAD_LEAF.length;
    const start = leafStart + 64 + HEAD_END.length;
    if (start >= to || !standsAt(bytes, leafAt, HEAD_LEAF)) return false;
    if (!standsAt(bytes, leafStart + 64, HEAD_END) || bytes[to - 1] !== 0x7d) return false;
    const { scanner } = this;
    if (scanner.entry(bytes, start) !== to - 1) return false;
    if (scanner.columns(bytes, from + HEAD_BEGIN.length) !== leafAt) return false;
    for (const code of RULES) if (standsAt(bytes, scanner.spans[2], code)) return false;
    const leaf = this.leafAt(bytes, start, to - 1);
    for (let at = 0; at < 64; at++) if (bytes[leafStart + at] !== leaf.charCodeAt(at)) return false;
    this.event({ seq: scanner.count(bytes, 0), occurredUs: scanner.count(bytes, 3) }, leaf, true);
    return true;
  }

  /** Says what of a line is not what its entry says; in a part, follows the proof. */
  besides(head, entry, leaf) {
    const told = JSON.parse(`${head}}`);
    if (told.leaf !== leaf) throw new Bad("It does not have the hash it was given.", entry.seq);
    if (!Array.isArray(told.columns) || told.columns.length !== COLUMNS.length)
      throw new Bad("Its columns cannot be read.", entry.seq);
    columnsOf(entry).forEach((said, at) => {
      if (told.columns[at] !== said)
        throw new Bad(`Its column ${COLUMNS[at]} does not say what its entry says.`, entry.seq);
    });
    this.follow(entry.seq, leaf, told.proof);
  }

  /** In a part, follows the proof of an event. */
  follow(index, leaf, told) {
    if (!this.isPart || !this.checkpoint) return;
    const { size, root } = this.checkpoint;
    if (!includes(this.env, { index, size, root, leaf, proof: (told ?? []).map(hashOf) }))
      throw new Bad(
        "Its proof does not lead to the checkpoint: it, or the log around it, was changed.",
        index,
      );
  }

  /** What is left of an entry that was pruned: its place and its hash. */
  prune(seq, leaf, proof) {
    if (!/^[0-9a-f]{64}$/.test(leaf)) throw new Bad("It was pruned, and its hash is not there.", seq);
    this.inOrder(seq);
    this.take(seq, leaf);
    this.follow(seq, leaf, proof);
    const run = this.pruned.at(-1);
    if (this.isRunOpen && run.to === seq - 1) run.to = seq;
    else this.pruned.push({ from: seq, to: seq, beforeUs: this.lastUs, afterUs: Number.POSITIVE_INFINITY });
    this.isRunOpen = true;
  }

  /**
   * In a whole log, what was pruned is exactly what later events say, by the rules of that time, and lies between two
   * events of one day that was over for as long as the period.
   */
  checkPruned() {
    const spans = this.rules.end(Date.now() * 1000).sort((a, b) => a.from - b.from);
    const said = "says that it was pruned, and it is there, or was pruned twice.";
    let at = 0;
    let [run, next] = [this.pruned[0], this.pruned[0]?.from];
    for (const { from, to, by } of spans) {
      if (run && next < from) break;
      if (!run || next > from) throw new Bad(`Event ${by.seq} ${said}`, from);
      if (to > run.to) throw new Bad(`Event ${by.seq} ${said}`, run.to + 1);
      const why = by.why ?? whyTooYoung(run, by);
      if (why !== null) throw new Bad(`It was pruned by event ${by.seq}${why}`, from);
      next = to + 1;
      if (next > run.to) [run, next] = [this.pruned[++at], this.pruned[at]?.from];
    }
    if (run) throw new Bad("It was pruned, and no later event says so.", next);
  }

  parse(text) {
    try {
      return JSON.parse(text);
    } catch {
      throw new Bad("Its entry is not JSON.", this.last + 1);
    }
  }

  event(entry, leaf, isCanonical) {
    const { seq } = entry;
    this.inOrder(seq);
    if (!isCanonical) throw new Bad("Its entry is not canonical JSON (RFC 8785).", seq);
    this.take(seq, leaf);
    const { occurredUs } = entry;
    this.lastUs = occurredUs;
    if (this.isRunOpen) {
      this.pruned.at(-1).afterUs = occurredUs;
      this.isRunOpen = false;
    }
    if (occurredUs < this.rules.atUs) this.rules.notAfter(occurredUs);
    // A plain line has no code here, and none that matters.
    if (typeof entry.code === "string") this.rules.event(entry);
  }

  /** Whether an event stands where it must. */
  inOrder(seq) {
    if (!isCount(seq)) throw new Bad("It has no number.", this.last + 1);
    const next = this.last + 1;
    if (this.hasGaps ? seq < next : seq !== next) {
      if (seq < next) throw new Bad(`It stands after event ${this.last}: out of order, or twice.`, seq);
      throw new Bad(`It is missing: event ${seq} follows.`, next);
    }
  }

  /** Takes the hash of an event into the tree. */
  take(seq, leaf) {
    const published = this.published?.(seq);
    if (published && published !== leaf) throw new Bad("It is not the event whose hash was published.", seq);
    this.last = seq;
    this.count++;
    if (this.isPart) return;
    for (const old of this.since) if (old.size === this.tree.size) this.sinceRoots.set(old, this.tree.root());
    this.tree.append(leaf);
  }

  csv(bytes) {
    // A cell may hold line ends: whole records are cut by counting quotes.
    let [from, quoted] = [0, false];
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] === 0x22) quoted = !quoted;
      else if (bytes[at] === 10 && !quoted) {
        this.csvRecord(this.env.decode(bytes.subarray(from, at)).replace(/^\uFEFF/u, ""));
        from = at + 1;
      }
    }
    return from;
  }

  csvRecord(text) {
    const cells = [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, plain]) =>
      quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    );
    if (this.header === null) {
      this.header = { kind: this.options.part ? "part" : "whole", names: cells };
      this.isPart = this.hasGaps = this.options.part === true;
      this.checkpoint = this.given;
      if (!cells.includes("entry")) throw new Bad("This is not an export of an audit log.");
      return;
    }
    const told = Object.fromEntries(this.header.names.map((name, at) => [name, cells[at]]));
    if (told.entry === "" && told.code === "pruned" && /^\d{1,15}$/.test(told.number))
      return this.prune(Number(told.number), told.leaf_hash);
    const entry = this.parse(told.entry);
    const leaf = leafHash(this.env, utf8(told.entry));
    this.event(entry, leaf, canonical(entry) === told.entry);
    if (told.leaf_hash !== leaf) throw new Bad("It does not have the hash it was given.", entry.seq);
    const said = cellsOf(entry);
    for (const name in said)
      if (told[name] !== said[name])
        throw new Bad(`Its column ${name} does not say what its entry says.`, entry.seq);
  }

  /** Ends the check and says what stands; throws what is wrong. */
  async end() {
    if (!this.begun) await this.begin();
    if (this.reading === null) throw new Bad("The export is empty.");
    if (this.rest.length > 0) throw new Bad("The last line of the export is cut off.", this.last + 1);
    if (this.header === null) throw new Bad("This is not an export of an audit log.");
    if (this.reading === "ndjson" && this.ended !== this.count)
      throw new Bad(
        this.ended === null
          ? "The export was cut off."
          : `The export says ${this.ended} events and has ${this.count}.`,
        this.last + 1,
      );
    const { checkpoint } = this;
    if (isCount(this.header.to) && this.last + 1 !== this.header.to)
      throw new Bad(`It is missing: the export goes up to event ${this.header.to - 1}.`, this.last + 1);
    if (!this.isPart) this.checkSince();
    if (!this.isPart) this.checkPruned();
    if (!checkpoint)
      throw new Bad("The events are in order, but there is no signed checkpoint to hold them against.");
    if (!this.isPart) this.checkRoot(checkpoint);
    else if (this.since.length > 0)
      throw new Bad("Only an export of the whole log can be held against an older checkpoint.");
    else if (this.reading === "csv") throw new Bad("A part as CSV carries no proofs: export it as NDJSON.");
    return {
      kind: this.isPart ? "part" : "whole",
      events: this.count,
      pruned: this.pruned.map(({ from, to }) => [from, to]),
      periods: this.isPart ? [] : this.rules.periods,
      size: checkpoint.size,
      origin: checkpoint.origin,
      root: checkpoint.root,
      since: this.since.map(({ size }) => size),
    };
  }

  checkSince() {
    let good = 0;
    for (const old of this.since) {
      if (old.size > this.tree.size)
        throw new Bad(
          `The older checkpoint has ${old.size} events, the export ${this.tree.size}: events were taken away.`,
          this.tree.size,
        );
      const root = old.size === this.tree.size ? this.tree.root() : this.sinceRoots.get(old);
      if (root !== old.root) throw this.between(good, old.size, "the older checkpoint");
      good = old.size;
    }
    this.good = good;
  }

  checkRoot(checkpoint) {
    if (checkpoint.size !== this.tree.size)
      throw new Bad(
        `The checkpoint is of ${checkpoint.size} events, the export has ${this.tree.size}.`,
        Math.min(checkpoint.size, this.tree.size),
      );
    if (this.tree.root() !== checkpoint.root)
      throw this.between(this.good, checkpoint.size, "the checkpoint");
  }

  between(from, to, what) {
    const where = to - from === 1 ? `Event ${from} is` : `One of the events ${from} to ${to - 1} is`;
    const words = `The events do not add up to ${what} of ${to} events. ${where} not what was signed; the published tiles say which.`;
    return new Bad(words, to - from === 1 ? from : null);
  }
}

/** How many entries were pruned, and which: their hashes stand in the tree, and what they said is not there. */
function prunedInWords(pruned) {
  if (pruned.length === 0) return [];
  const count = pruned.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const which = pruned.slice(0, 20).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const more = pruned.length > 20 ? ` and ${pruned.length - 20} more spans` : "";
  return [
    `${count.toLocaleString("en-US")} of them pruned, with their hashes left: ${which.join(", ")}${more}`,
  ];
}

/** Which periods counted, and who decided them: the verifier cannot know whether these people are real. */
function periodsInWords(periods) {
  const plain = (text) => String(text).replace(/\p{C}/gu, "?");
  const who = (step) =>
    step?.by ? `${plain(step.by.name)} (${plain(step.by.id)}) in event ${step.seq}` : "nobody on record";
  return periods.slice(-20).map(({ days, set, confirmed }, at, all) => {
    const kept = Number.isSafeInteger(days) ? `for ${days} days` : "for ever";
    const when = at === all.length - 1 ? "is kept" : "was once kept";
    return `the log ${when} ${kept}: set by ${who(set)}, confirmed by ${who(confirmed)}`;
  });
}
// --- core: end ---

const spki = Buffer.from("302a300506032b6570032100", "hex");
const hash =
  typeof crypto.hash === "function"
    ? (bytes) => crypto.hash("sha256", bytes, "hex")
    : (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");

/** What the core needs of Node. */
export const nodeEnv = {
  hash,
  put: (bytes, hex, at) => Buffer.prototype.hexWrite.call(bytes, hex, at, 32),
  decode: (bytes) => Buffer.prototype.utf8Slice.call(bytes, 0, bytes.length),
  verify: async (key, said, signature) => {
    const publicKey = crypto.createPublicKey({
      key: Buffer.concat([spki, key]),
      format: "der",
      type: "spki",
    });
    return crypto.verify(null, said, publicKey, signature);
  },
};

/** The leaf hashes of a published folder, once they add up to its checkpoint. */
async function readPublished(folder, keys) {
  const note = fs.readFileSync(path.join(folder, "checkpoint"), "utf8");
  const checkpoint = await openCheckpoint(
    nodeEnv,
    note,
    parseKeys(nodeEnv, keys),
    "The published checkpoint",
  );
  const tree = new Tree(nodeEnv);
  const leaves = [];
  for (let place = 0; tree.size < checkpoint.size; place++) {
    const width = Math.min(256, checkpoint.size - tree.size);
    const name = [
      ...String(place)
        .padStart(Math.ceil(String(place).length / 3) * 3, "0")
        .matchAll(/\d{3}/g),
    ]
      .map(([digits], at, all) => (at === all.length - 1 ? digits : `x${digits}`))
      .join("/");
    const file = path.join(folder, "tile/0", width === 256 ? name : `${name}.p/${width}`);
    const bytes = fs.readFileSync(file);
    if (bytes.length !== width * 32) throw new Bad(`The published tile ${file} is not whole.`);
    for (let at = 0; at < width; at++) {
      leaves.push(bytes.hexSlice(at * 32, at * 32 + 32));
      tree.append(leaves.at(-1));
    }
  }
  if (tree.root() !== checkpoint.root)
    throw new Bad("The published tiles do not add up to the published checkpoint.");
  return { note, leafOf: (seq) => leaves[seq] ?? null };
}

const usage = `Checks an export of an audit log of Glimpse, offline.

  glimpse-verify EXPORT --key KEY [--since CHECKPOINT] [--published FOLDER] [--checkpoint FILE] [--witness KEY] [--part]

  EXPORT              the export, NDJSON or CSV; - reads it from standard input
  --key KEY           the verifier key of the log (name+id+key), or a file with one a line; may be repeated
  --since FILE        an older checkpoint, kept elsewhere: the log must go on from it; may be repeated
  --published FOLDER  a folder that the log was published to: it names the very event that was changed
  --checkpoint FILE   a checkpoint of the log, in place of the one in the export; a CSV has none
  --witness KEY       the key of a witness, who must have cosigned every checkpoint; may be repeated
  --part              the CSV is a part of the log: events may be missing between those that are there
  --json              the answer as JSON

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
    const report = await check(wanted);
    return { code: 0, words: wanted.json ? JSON.stringify({ ok: true, ...report }) : inWords(report) };
  } catch (error) {
    if (!(error instanceof Bad || error instanceof SyntaxError)) {
      const words =
        error.code === "ENOENT" ? `There is no file ${error.path}.` : `Could not check: ${error.message}`;
      return { code: 2, words };
    }
    const event = error.event ?? null;
    if (wanted.json) return { code: 1, words: JSON.stringify({ ok: false, event, what: error.message }) };
    return {
      code: 1,
      words: `${event === null ? "BAD" : `BAD, first bad event ${event}`}: ${error.message}`,
    };
  }
}

function readArguments(args) {
  const wanted = {
    key: [],
    since: [],
    witness: [],
    published: null,
    checkpoint: null,
    part: false,
    json: false,
    file: null,
  };
  for (let at = 0; at < args.length; at++) {
    const [arg] = [args[at]];
    const name = arg.slice(2);
    if (arg === "--help") return null;
    if (arg === "--part" || arg === "--json") wanted[name] = true;
    else if (arg.startsWith("--") && name in wanted && name !== "file") {
      const value = args[++at];
      if (value === undefined) throw new Error(`${arg} needs something after it.`);
      if (Array.isArray(wanted[name])) wanted[name].push(value);
      else wanted[name] = value;
    } else if (arg.startsWith("--") || wanted.file !== null) throw new Error(`What is ${arg}?`);
    else wanted.file = arg;
  }
  if (wanted.file === null) throw new Error("Say which export.");
  if (wanted.key.length === 0) throw new Error("Say which key: --key name+id+key, or a file that holds it.");
  return wanted;
}

async function check(wanted) {
  const keyText = (text) =>
    /^[^\s+]+\+[0-9a-f]{8}\+\S+$/u.test(text) ? text : fs.readFileSync(text, "utf8");
  const keys = [...wanted.key, ...wanted.witness].map(keyText).join("\n");
  const published = wanted.published === null ? null : await readPublished(wanted.published, keys);
  const since = wanted.since.map((file) => fs.readFileSync(file, "utf8"));
  const options = {
    keys,
    since: published ? [...since, published.note] : since,
    checkpoint: wanted.checkpoint === null ? null : fs.readFileSync(wanted.checkpoint, "utf8"),
    part: wanted.part,
    published: published?.leafOf,
  };
  const running = new Check(nodeEnv, options);
  const input = wanted.file === "-" ? 0 : fs.openSync(wanted.file, "r");
  const chunk = Buffer.allocUnsafe(1 << 20);
  for (;;) {
    const length = fs.readSync(input, chunk, 0, chunk.length, null);
    if (length === 0) break;
    await running.push(chunk.subarray(0, length));
  }
  return running.end();
}

function inWords({ kind, events, pruned, periods, size, origin, root, since }) {
  const count = (number, thing) => `${number.toLocaleString("en-US")} ${thing}${number === 1 ? "" : "s"}`;
  const lines = [
    kind === "whole"
      ? `GOOD: ${count(events, "event")}, whole, in order, and as signed by ${origin}`
      : `GOOD: ${count(events, "event")} of ${size.toLocaleString("en-US")}, each proven to stand in the log signed by ${origin}`,
    `root ${root}`,
    ...prunedInWords(pruned),
    ...periodsInWords(periods),
    ...since.map((old) => `goes on from the older checkpoint of ${count(old, "event")}`),
  ];
  return lines.join("\n");
}

export { extendsTree, includes };

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const { code, words } = await main(process.argv.slice(2));
  (code === 0 ? process.stdout : process.stderr).write(`${words}\n`);
  process.exitCode = code;
}
