import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";
import { afterAll, describe, expect, test } from "vitest";
import { checkpointText } from "@/lib/audit/checkpoint";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { proveInclusion, type Node } from "@/lib/audit/proof";
import { perfectRoot } from "@/lib/audit/tile";
import { signatureLine, writeNote, writeVerifierKey, type SignerKey } from "@/lib/audit/signed-note";
import { freshKey } from "@/lib/testing/log-key";
import { main } from "./glimpse-verify.mjs";

const here = import.meta.dirname;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-verify-"));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const log = freshKey();
const other = freshKey();
const keyText = writeVerifierKey(log.key);

const entryOf = (seq: number, reason = "because") =>
  `{"actor":{"id":null,"kind":"system","name":"Glimpse","roles":[]},"channel":"system","code":"source.scanned","ip":null,"occurredUs":${1_790_000_000_000_000 + seq},"outcome":"success","reason":"${reason}","seq":${seq},"session":null,"v":1}`;
const lineOf = (entry: string) => {
  const { seq, code, outcome, occurredUs } = JSON.parse(entry) as Record<string, unknown>;
  const columns = [seq, code, outcome, Math.floor(Number(occurredUs) / 1000), null, null, null, null, null];
  return `{"columns":${JSON.stringify(columns)},"leaf":"${leafHash(entry).toString("hex")}","entry":${entry}}`;
};
function noteOf(entries: readonly string[], key: SignerKey = log.key): string {
  const tree = new GrowingTree();
  for (const entry of entries) tree.append(leafHash(entry));
  const text = checkpointText({ origin: key.name, size: tree.size, root: tree.root() });
  return writeNote(text, [signatureLine(key, text)]);
}
function exportOf(entries: readonly string[], note = noteOf(entries)): string {
  const header = {
    glimpse: "audit-export",
    v: 1,
    kind: "whole",
    size: entries.length,
    filter: {},
    checkpoint: note,
  };
  return [JSON.stringify(header), ...entries.map(lineOf), JSON.stringify({ end: entries.length }), ""].join(
    "\n",
  );
}
let files = 0;
function fileOf(text: string): string {
  const file = path.join(scratch, `${files++}`);
  fs.writeFileSync(file, text);
  return file;
}
const verify = (text: string, ...more: string[]) => main([fileOf(text), "--key", keyText, ...more]);

const entries = Array.from({ length: 300 }, (_, seq) =>
  entryOf(seq, seq % 7 === 0 ? "Grüße, “ja” \\n" : "because"),
);

describe("an export", () => {
  test("that is whole is good, and goes on from every older checkpoint", async () => {
    const since = [1, 2, 128, 299, 300].flatMap((size) => [
      "--since",
      fileOf(noteOf(entries.slice(0, size))),
    ]);
    expect(await verify(exportOf(entries), ...since)).toMatchObject({
      code: 0,
      words: expect.stringContaining("GOOD: 300 events"),
    });
  });

  const forged = entries.with(41, entryOf(41, "forged"));
  const lines = exportOf(entries).split("\n");
  const bad: Record<string, [text: string, words: string]> = {
    "with an entry that is not what was hashed": [
      exportOf(entries).replace(`"reason":"because","seq":41`, `"reason":"forgery","seq":41`),
      "first bad event 41: It does not have the hash",
    ],
    "with a column that says something else": [
      exportOf(entries).replace(`[41,"source.scanned"`, `[41,"source.removed"`),
      "first bad event 41: Its column code",
    ],
    "without an event": [lines.toSpliced(42, 1).join("\n"), "first bad event 41: It is missing"],
    "with an event twice": [
      lines.toSpliced(42, 0, lines[42]!).join("\n"),
      "first bad event 41: It stands after",
    ],
    "with two events in each other's place": [
      lines.with(42, lines[43]!).with(43, lines[42]!).join("\n"),
      "first bad event 41: It is missing",
    ],
    "that was cut off": [lines.slice(0, 200).join("\n") + "\n", "The export was cut off"],
    "without its last events": [
      exportOf(entries.slice(0, 290), noteOf(entries)),
      "first bad event 290: The checkpoint is of 300 events",
    ],
    "with events that were not signed": [
      exportOf(entries, noteOf(entries.slice(0, 290))),
      "first bad event 290",
    ],
    "that was forged with all its hashes": [
      exportOf(forged, noteOf(entries)),
      "do not add up to the checkpoint",
    ],
    "that was signed with another key": [exportOf(forged, noteOf(forged, other.key)), "not signed by a key"],
    "with an entry that is not canonical": [
      exportOf(entries.with(3, entries[3]!.replace(`"seq":3`, `"seq": 3`))),
      "first bad event 3: Its entry is not canonical",
    ],
    "with a member that stands twice": [
      exportOf(entries.with(3, entries[3]!.replace(`"seq":3`, `"seq":3,"seq":3`))),
      "first bad event 3: Its entry is not canonical",
    ],
    "without a checkpoint": [
      exportOf(entries).replace(/"checkpoint":"[^"]*"/, `"checkpoint":null`),
      "no signed checkpoint",
    ],
  };
  test.each(Object.entries(bad))("%s is bad", async (_, [text, words]) => {
    expect(await verify(text)).toMatchObject({ code: 1, words: expect.stringContaining(words) });
  });

  test("of which any byte was changed is bad", async () => {
    const whole = exportOf(entries.slice(1, 2).map((entry) => entry.replace(/"seq":\d+/, `"seq":0`)));
    const begin = whole.indexOf("\n") + 1;
    const isGood: string[] = [];
    for (let at = begin; at < whole.length; at++)
      for (const other of ["1", "}", " "].filter((char) => char !== whole[at])) {
        const { code } = await verify(whole.slice(0, at) + other + whole.slice(at + 1));
        if (code !== 1) isGood.push(`${JSON.stringify(other)} at ${at - begin}`);
      }
    expect(isGood).toEqual([]);
  });

  const notCanonical = [
    `"a":01`,
    `"a":-0`,
    `"a":1.0`,
    `"a":1e3`,
    `"a":9007199254740993`,
    `"a":[1,]`,
    `"a":[,1]`,
    `"a":[1 ,2]`,
    `"a":{"b":1,}`,
    `"a":{"b":1,"b":2}`,
    `"a":{"b":1,"a":2}`,
    `"a":{"b"}`,
    `"a":{b:1}`,
    `"a":{"b":1]`,
    `"a":[1}`,
    `"a":nul`,
    `"a":trve`,
    `"a":False`,
    `"a":"\t"`,
    `"a":"\\u0041"`,
    `"a":"\\/"`,
    `"a":`,
    `"a"`,
    `"a":1,`,
    `"a":1 `,
    `"a":1,"a":2`,
    `"b":1,"a":2`,
    `"a":1}`,
  ];
  test.each(notCanonical)(
    "with an entry that is no canonical JSON, though signed, is bad: %s",
    async (member) => {
      const odd = entries.slice(0, 3).with(1, entries[1]!.replace("{", `{${member},`));
      const line = (entry: string, at: number) =>
        lineOf(at === 1 ? entries[1]! : entry).replace(
          /"leaf":"[^"]*","entry":.*/,
          () => `"leaf":"${leafHash(entry).toString("hex")}","entry":${entry}}`,
        );
      const [header] = exportOf(odd.with(1, entries[1]!), noteOf(odd)).split("\n");
      const text = [header, ...odd.map(line), JSON.stringify({ end: 3 }), ""].join("\n");
      expect(await verify(text)).toMatchObject({
        code: 1,
        words: expect.stringContaining("bad event 1: Its entry is not"),
      });
    },
  );

  test("that was rewritten by who has the key is bad against an older checkpoint, and older ones bound where", async () => {
    const since = [40, 42, 250].flatMap((size) => ["--since", fileOf(noteOf(entries.slice(0, size)))]);
    expect(await verify(exportOf(forged))).toMatchObject({ code: 0 });
    const { code, words } = await verify(exportOf(forged), ...since);
    expect([code, words]).toEqual([1, expect.stringContaining("One of the events 40 to 41")]);
  });

  test("of a part is good when each event is proven, and names the first one that is not", async () => {
    const leaves = entries.map(leafHash);
    const hashOf = ({ height, place }: Node) =>
      Promise.resolve(perfectRoot(leaves.slice(place * 2 ** height, (place + 1) * 2 ** height)));
    const partOf = async (forged: readonly string[]) => {
      const header = {
        glimpse: "audit-export",
        v: 1,
        kind: "part",
        size: 300,
        filter: {},
        checkpoint: noteOf(entries),
      };
      const lines = [7, 41, 299].map(async (seq) => {
        const proof = (await proveInclusion(seq, 300, hashOf)).map((hash) => hash.toString("base64"));
        return lineOf(forged[seq]!).replace(`,"entry":`, `,"proof":${JSON.stringify(proof)},"entry":`);
      });
      return [JSON.stringify(header), ...(await Promise.all(lines)), `{"end":3}`, ""].join("\n");
    };
    expect(await verify(await partOf(entries))).toMatchObject({
      code: 0,
      words: expect.stringContaining("3 events of 300"),
    });
    expect(await verify(await partOf(entries.with(41, entryOf(41, "forged"))))).toMatchObject({
      code: 1,
      words: expect.stringContaining("first bad event 41: Its proof does not lead"),
    });
  });

  test("that was rolled back is bad against a newer checkpoint", async () => {
    const { code, words } = await verify(exportOf(entries.slice(0, 200)), "--since", fileOf(noteOf(entries)));
    expect([code, words]).toEqual([
      1,
      expect.stringContaining("first bad event 200: The older checkpoint has 300"),
    ]);
  });

  test("is judged by the keys that count for its size, and by witnesses", async () => {
    const text = exportOf(entries);
    const file = fileOf(text);
    expect(await main([file, "--key", fileOf(`# before\n${keyText} to 299\n`)])).toMatchObject({ code: 1 });
    expect(
      await main([file, "--key", fileOf(`${writeVerifierKey(other.key)} from 301\n${keyText} to 300\n`)]),
    ).toMatchObject({ code: 0 });
    const witness = freshKey("witness.example", "cosignature");
    const told = writeVerifierKey(witness.key);
    expect(await verify(text, "--witness", told)).toMatchObject({
      code: 1,
      words: expect.stringContaining("not cosigned"),
    });
    const note = noteOf(entries);
    const cosigned =
      note + `${signatureLine(witness.key, note.slice(0, note.lastIndexOf("\n\n") + 1), 1_790_000_000)}\n`;
    expect(await verify(exportOf(entries, cosigned), "--witness", told)).toMatchObject({ code: 0 });
  });
});

test("what cannot be checked ends with 2", async () => {
  for (const args of [
    [],
    ["nowhere"],
    ["nowhere", "--key", keyText],
    ["a", "b", "--key", keyText],
    ["a", "--kye", "b"],
  ])
    expect(await main(args)).toMatchObject({ code: 2 });
});

describe("the page", () => {
  const page = fs.readFileSync(path.join(here, "glimpse-verify.html"), "utf8");
  const coreOf = (text: string) => /\/\/ --- core: begin ---[\s\S]*\/\/ --- core: end ---/.exec(text)?.[0];

  test("has the same core as the command, and loads nothing", () => {
    expect(coreOf(page)).toBe(coreOf(fs.readFileSync(path.join(here, "glimpse-verify.mjs"), "utf8")));
    expect(page).not.toMatch(/\b(src|href)=|https?:|import /);
  });

  test("judges an export as the command does, with a SHA-256 of its own", async () => {
    const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? "";
    const world = { TextDecoder, TextEncoder, Uint8Array, atob, btoa, crypto: globalThis.crypto };
    const run = vm.runInNewContext(`${script}; checkFiles`, world) as (
      files: object,
      tell: () => void,
    ) => Promise<object>;
    const check = (text: string, note: string) =>
      run({ file: new Blob([text]), keys: keyText, since: [new Blob([note])] }, () => {});
    const note = noteOf(entries.slice(0, 100));
    expect(await check(exportOf(entries), note)).toMatchObject({ kind: "whole", events: 300 });
    const forged = exportOf(entries).replace(`"reason":"because","seq":41`, `"reason":"forgery","seq":41`);
    await expect(check(forged, note)).rejects.toMatchObject({ event: 41 });
  });
});
