import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkpointText } from "@/lib/audit/checkpoint";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { PrunedAccount } from "@/lib/audit/pruned";
import { signatureLine, writeNote, writeVerifierKey } from "@/lib/audit/signed-note";
import { freshKey } from "@/lib/testing/log-key";
import { main } from "./glimpse-verify.mjs";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-pruned-"));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const dayUs = 86_400e6;
/** Noon of the first of January 2024. */
const start = Date.UTC(2024, 0, 1, 12) * 1000;
const ada = { id: "ada", kind: "person", name: "Ada", roles: [] };
const ivy = { id: "ivy", kind: "person", name: "Ivy", roles: [] };
const glimpse = { id: null, kind: "system", name: "Glimpse", roles: [] };

type Actor = typeof ada | typeof glimpse;
type Told = {
  day: number;
  code?: string;
  actor?: Actor;
  details?: object;
  subject?: object;
};

function entryOf(
  { day, code = "source.scanned", actor = glimpse, details, subject }: Told,
  seq: number,
): string {
  const occurredUs = start + day * dayUs + seq;
  const [told, about] = [details, subject].map((part) => part && JSON.stringify(part));
  return `{"actor":${JSON.stringify(actor)},"channel":"system","code":"${code}",${told ? `"details":${told},` : ""}"ip":null,"occurredUs":${occurredUs},"outcome":"success","seq":${seq},"session":null,${about ? `"subject":${about},` : ""}"v":1}`;
}

const set = (day: number, days: unknown, actor: Actor = ada): Told => ({
  day,
  code: "retention.set",
  actor,
  details: { days },
});
const confirmed = (day: number, days: unknown, actor: Actor = ivy): Told => ({
  ...set(day, days, actor),
  code: "retention.confirmed",
});
const dropped = (day: number): Told => ({ ...set(day, 400, ivy), code: "retention.dropped" });
const hold = (step: string, actor: Actor, more: Partial<Told> = {}): Told => ({
  day: 450,
  code: `hold.${step}`,
  actor,
  details: { hold: "All" },
  ...more,
});
const pruned = (day = 500, days: unknown = 400): Told => ({
  day,
  code: "audit.pruned",
  details: { days, ranges: ["1-3"] },
});
/** Events 0 to 4 of one day; 1 to 3 are pruned. */
const old: Told[] = [0, 0, 0, 0, 0].map((day) => ({ day }));

/** The words of the verifier of an export of such a log, and what the server says of event 1; both null when all is well. */
async function judged(
  told: readonly Told[],
): Promise<{ words: string; verifier: string | null; server: string | null }> {
  const key = freshKey();
  const entries = told.map(entryOf);
  const tree = new GrowingTree();
  for (const entry of entries) tree.append(leafHash(entry));
  const text = checkpointText({ origin: key.key.name, size: tree.size, root: tree.root() });
  const checkpoint = writeNote(text, [signatureLine(key.key, text)]);
  const lines = entries.map((entry, seq) => {
    const leaf = leafHash(entry).toString("hex");
    if (seq >= 1 && seq <= 3) return `{"pruned":${seq},"leaf":"${leaf}"}`;
    const { code, outcome, occurredUs, actor } = JSON.parse(entry) as Record<string, unknown> & {
      actor: { id: unknown };
    };
    const columns = [
      seq,
      code,
      outcome,
      Math.floor(Number(occurredUs) / 1000),
      actor.id,
      null,
      null,
      null,
      null,
    ];
    return `{"columns":${JSON.stringify(columns)},"leaf":"${leaf}","entry":${entry}}`;
  });
  const header = { glimpse: "audit-export", v: 1, kind: "whole", size: tree.size, filter: {}, checkpoint };
  const file = path.join(scratch, "export");
  fs.writeFileSync(file, [JSON.stringify(header), ...lines, `{"end":${tree.size}}`, ""].join("\n"));
  const { words } = await main([file, "--key", writeVerifierKey(key.key)]);
  const usAt = (seq: number) => start + (told[seq]?.day ?? 0) * dayUs;
  const rules = entries.filter((entry) => /"code":"(audit\.pruned|retention|hold)/.test(entry));
  const account = new PrunedAccount(
    rules.map((entry) => ({ entry })),
    Date.now() * 1000,
  );
  const fault = account.faultOf(1, { beforeUs: usAt(0), afterUs: usAt(4) });
  return {
    words,
    verifier: words.startsWith("GOOD") ? null : words.replace(/^BAD, first bad event 1: It was/, ""),
    server: fault?.replace("The event was", "") ?? null,
  };
}

const nobody = ", whose period of 400 days no two people had set and confirmed before.";
const early = " sooner than the period that this names.";
const held = " while all of the log was under a hold.";
const decided = [set(400, 400), confirmed(400, 400)];
const lifted = (actor: Actor) => [hold("placed", ivy), hold("lift_asked", ivy), hold("lifted", actor)];

describe("what was pruned is judged alike by the verifier and by the server:", () => {
  const cases: [name: string, log: Told[], says: string | null][] = [
    ["by the rules", [...old, ...decided, pruned()], null],
    [
      "set in place of another, which was dropped with it",
      [
        ...old,
        set(390, 90),
        ...[set(400, 400), dropped(400)].map((one, at) => ({ ...one, day: one.day - at * (1 / dayUs) })),
        confirmed(401, 400),
        pruned(),
      ],
      null,
    ],
    ["after it was dropped", [...old, set(400, 400), dropped(401), confirmed(402, 400), pruned()], nobody],
    ["never confirmed", [...old, set(400, 400), pruned()], nobody],
    ["confirmed twice of one set", [...old, ...decided, confirmed(401, 400), pruned()], nobody],
    ["confirmed by the same person", [...old, set(400, 400), confirmed(400, 400, ada), pruned()], nobody],
    ["confirmed by nobody", [...old, set(400, 400), confirmed(400, 400, glimpse), pruned()], nobody],
    ["set by nobody", [...old, set(400, 400, glimpse), confirmed(400, 400), pruned()], nobody],
    [
      "confirmed only afterwards",
      [...old, pruned(), ...decided.map((one) => ({ ...one, day: 500 }))],
      nobody,
    ],
    [
      "when the log was kept for ever again",
      [...old, ...decided, set(410, "for ever"), confirmed(410, "for ever"), pruned()],
      nobody,
    ],
    ["with no days", [...old, ...decided, pruned(500, 0)], ", which names no period of at least 90 days."],
    [
      "with days below 0",
      [...old, ...decided, pruned(500, -400)],
      ", which names no period of at least 90 days.",
    ],
    [
      "with days that are a text",
      [...old, set(400, "400"), confirmed(400, "400"), pruned(500, "400")],
      ", which names no period of at least 90 days.",
    ],
    [
      "with a short period that two people confirmed",
      [...old, set(400, 30), confirmed(400, 30), pruned(500, 30)],
      ", which names no period of at least 90 days.",
    ],
    ["too early", [...old, set(300, 400), confirmed(300, 400), pruned(399)], null],
    ["much too early", [...old, set(300, 400), confirmed(300, 400), pruned(398)], early],
    [
      "at a time to come",
      [...old, set(300, 400), confirmed(300, 400), pruned(50_000)]
        .with(4, { day: 0 })
        .map((one, at) => (at < 5 ? { day: 49_000 } : one)),
      early,
    ],
    [
      "at a later time than what follows",
      [...old, set(300, 400), confirmed(300, 400), pruned(500), { ...set(310, 90) }],
      early,
    ],
    ["with a younger event behind", [...old.with(4, { day: 350 }), ...decided, pruned()], early],
    [
      "with an event of another day behind",
      [...old.with(4, { day: 2 }), ...decided, pruned()],
      ", and the events around it are not of one day.",
    ],
    ["with a younger event before", [...old.with(0, { day: 350 }), ...decided, pruned()], early],
    ["under a hold of all", [...old, ...decided, hold("placed", ivy), pruned()], held],
    ["when a hold of all was lifted by two", [...old, ...decided, ...lifted(ada), pruned()], null],
    ["when a hold of all was lifted by one", [...old, ...decided, ...lifted(ivy), pruned()], held],
    [
      "when one of two holds of one name was lifted",
      [...old, ...decided, hold("placed", ivy), ...lifted(ada), pruned()],
      held,
    ],
    [
      "under a hold of a person, which it cannot judge",
      [...old, ...decided, hold("placed", ivy, { subject: { id: "x", name: "X" } }), pruned()],
      null,
    ],
    [
      "under a hold of days, which it cannot judge",
      [...old, ...decided, hold("placed", ivy, { details: { from: "2024-01-01", hold: "All" } }), pruned()],
      null,
    ],
  ];
  test.each(cases)("%s", async (_, log, says) => {
    const { verifier, server } = await judged(log);
    const words = says && ` pruned by event ${log.findIndex(({ code }) => code === "audit.pruned")}${says}`;
    expect({ verifier, server }).toEqual({ verifier: words, server: words });
  });

  test("the verifier tells who decided each period, with nothing that a terminal would obey", async () => {
    const odd = { ...ivy, name: "Ivy\u009b2J" };
    const { words } = await judged([
      ...old,
      set(300, 365),
      confirmed(300, 365),
      set(400, 400),
      confirmed(400, 400, odd),
      pruned(),
    ]);
    expect(words).toContain(
      "the log was once kept for 365 days: set by Ada (ada) in event 5, confirmed by Ivy (ivy) in event 6",
    );
    expect(words).toContain(
      "the log is kept for 400 days: set by Ada (ada) in event 7, confirmed by Ivy?2J (ivy) in event 8",
    );
  });
});
