import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { openCheckpoint, parseLogKeys, type LogKey } from "@/lib/audit/checkpoint";
import { extendsTree } from "@/lib/audit/proof";
import { parseSignerKey, signatureLine, writeVerifierKey, type SignerKey } from "@/lib/audit/signed-note";

const usage = `A witness: cosigns checkpoints of a log of Glimpse that go on from the last one it cosigned, and no others.

  npm run audit:witness -- --key FILE --log FILE --state FOLDER [--listen HOST:PORT]

  --key FILE       its own private key, made with: npm run audit:key -- NAME --witness
  --log FILE       the verifier keys of the log, one a line
  --state FOLDER   where it keeps the last checkpoint that it cosigned
  --listen         where it listens; 127.0.0.1:8420 when left out. Put TLS in front of it.`;

const longestBody = 64_000;
const mostHashes = 63;

export type WitnessWanted = {
  key: SignerKey;
  /** The keys of the log that it watches. */
  log: readonly LogKey[];
  folder: string;
  host: string;
  port: number;
  /** Whole seconds since 1970. */
  nowSeconds: () => number;
};

type Answer = { status: number; body: string; type?: string };

/** Starts a witness by C2SP tlog-witness: `POST /add-checkpoint`. */
export async function startWitness(wanted: WitnessWanted): Promise<http.Server> {
  fs.mkdirSync(wanted.folder, { recursive: true });
  let last: Promise<unknown> = Promise.resolve();
  const server = http.createServer((request, response) => {
    // One after the other: of two checkpoints that do not go together one is cosigned.
    last = last
      .then(async () => answer(wanted, request.method ?? "", request.url ?? "", await bodyOf(request)))
      .catch((): Answer => ({ status: 500, body: "It failed.\n" }))
      .then(({ status, body, type = "text/plain; charset=utf-8" }) =>
        response.writeHead(status, { "Content-Type": type }).end(body),
      );
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted.port, wanted.host, resolve);
  });
  return server;
}

/** The text of a request; null where it is too long. */
async function bodyOf(request: http.IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
  }
  return length > longestBody ? null : Buffer.concat(chunks).toString("utf8");
}

function answer(wanted: WitnessWanted, method: string, url: string, body: string | null): Answer {
  if (method !== "POST" || url !== "/add-checkpoint") return { status: 404, body: "POST /add-checkpoint\n" };
  const asked = body === null ? null : parseAsked(body);
  if (!asked) return { status: 400, body: "This is not what C2SP tlog-witness says.\n" };
  if (!wanted.log.some(({ key }) => asked.note.startsWith(`${key.name}\n`)))
    return { status: 404, body: "This witness does not know the log.\n" };
  const opened = openCheckpoint(asked.note, wanted.log);
  if (!opened.ok) return { status: 403, body: `${opened.why}\n` };
  const { checkpoint, note } = opened;
  if (asked.old > checkpoint.size) return { status: 400, body: "The old size is larger than the new one.\n" };
  const before = readState(wanted);
  const conflict = { status: 409, body: `${before.size}\n`, type: "text/x.tlog.size" };
  if (asked.old !== before.size) return conflict;
  if (before.size === checkpoint.size && before.root !== null && !before.root.equals(checkpoint.root))
    return conflict;
  const goesOn =
    before.root === null
      ? asked.proof.length === 0
      : extendsTree({ size: before.size, root: before.root }, checkpoint, asked.proof);
  if (!goesOn)
    return { status: 422, body: "The proof does not lead from the last checkpoint to this one.\n" };
  keepState(wanted, asked.note);
  return { status: 200, body: `${signatureLine(wanted.key, note.text, wanted.nowSeconds())}\n` };
}

/** `old SIZE`, the hashes of a proof, an empty line, the checkpoint. */
function parseAsked(body: string): { old: number; proof: Buffer[]; note: string } | null {
  const at = body.indexOf("\n\n");
  const [first = "", ...lines] = body.slice(0, at).split("\n");
  const old = /^old (0|[1-9]\d{0,14})$/.exec(first)?.[1];
  const proof = lines.map((line) => Buffer.from(line, "base64"));
  const isProof = proof.every(
    (hash, index) => hash.length === 32 && hash.toString("base64") === lines[index],
  );
  if (at === -1 || old === undefined || proof.length > mostHashes || !isProof) return null;
  return { old: Number(old), proof, note: body.slice(at + 2) };
}

const stateFile = ({ folder }: WitnessWanted) => path.join(folder, "checkpoint");

/** What was cosigned last. A file that cannot be read is no beginning: the witness fails rather than forgets. */
function readState(wanted: WitnessWanted): { size: number; root: Buffer | null } {
  if (!fs.existsSync(stateFile(wanted))) return { size: 0, root: null };
  const opened = openCheckpoint(fs.readFileSync(stateFile(wanted), "utf8"), wanted.log);
  if (!opened.ok) throw new Error(`The state of the witness: ${opened.why}`);
  return opened.checkpoint;
}

/** On the disk before the answer leaves: a witness that loses its memory could cosign two logs. */
function keepState(wanted: WitnessWanted, note: string): void {
  const draft = `${stateFile(wanted)}.new`;
  const file = fs.openSync(draft, "w", 0o600);
  fs.writeSync(file, note);
  fs.fsyncSync(file);
  fs.closeSync(file);
  fs.renameSync(draft, stateFile(wanted));
  const folder = fs.openSync(wanted.folder, "r");
  fs.fsyncSync(folder);
  fs.closeSync(folder);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      key: { type: "string" },
      log: { type: "string" },
      state: { type: "string" },
      listen: { type: "string", default: "127.0.0.1:8420" },
    },
  });
  const { key: keyFile, log: logFile, state: folder, listen } = values;
  const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(listen) ?? [];
  if (keyFile === undefined || logFile === undefined || folder === undefined || host === "")
    throw new Error(usage);
  const key = parseSignerKey(fs.readFileSync(keyFile, "utf8"));
  if (key?.kind !== "cosignature") throw new Error("--key is not the key of a witness.");
  const log = parseLogKeys(fs.readFileSync(logFile, "utf8"));
  if (!log || log.length === 0) throw new Error("--log has a line that is no verifier key.");
  const nowSeconds = () => Math.floor(Date.now() / 1000);
  await startWitness({ key, log, folder, host, port: Number(port), nowSeconds });
  console.log(`Witness ${writeVerifierKey(key)} on ${listen}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : "It could not start.");
    process.exitCode = 2;
  }
}
