import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { closeControlDatabase, readDatabase } from "@/lib/db/control-database";
import { envComplaints } from "@/lib/env";
import { soundPolicy } from "@/lib/policies/hold-draft";
import { readDocument } from "@/lib/policies/read-document";
import { readActivePolicy } from "@/lib/policies/read-policy";
import { runScenarios } from "@/lib/policies/scenario";
import { Refusal, refusalWords } from "@/lib/refusal";
import { useDemoSettings } from "./demo-settings";

const usage = `Tries policies on their own scenarios, as saving and activating them does. Nothing is written.

  npm run --silent policy:test                     the policy that counts
  npm run --silent policy:test -- --version 7      a version, a draft or any other
  npm run --silent policy:test -- policy.json      documents in files; these need no database
  npm run --silent policy:test -- --print 7        writes the document of a version, to keep it beside code

It ends with 0 when all came out as expected, with 1 when a scenario failed, a policy has none or cannot be used, and
with 2 when there was nothing to try. DATABASE_URL and the other settings of the application are read from the
environment; without them, those of the demo in this folder.`;

/** How the tries came out, for people, and the exit code that goes with it. */
export type Tried = { lines: readonly string[]; exitCode: 0 | 1 };

/** Tries one document on its scenarios; one without scenarios, or that cannot be used, has failed. */
export function tryDocument(name: string, document: unknown): Tried {
  try {
    const results = runScenarios(soundPolicy(document));
    const failed = results.filter((result) => !result.passed).length;
    const lines = results.map((one) =>
      one.passed ? `  passes  ${one.name}` : `  FAILS   ${one.name}: ${one.words}`,
    );
    const sum =
      results.length === 0 ? "no scenario: none can pass" : `${results.length} scenarios, ${failed} failed`;
    return { lines: [name, ...lines, `  ${sum}`], exitCode: failed > 0 || results.length === 0 ? 1 : 0 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const places = Object.entries(error.fields).map(([place, words]) => `  ${place}: ${words}`);
    return { lines: [name, `  FAILS   ${refusalWords(error.code).what}`, ...places], exitCode: 1 };
  }
}

/** Does what the arguments say. Throws words when there is nothing to try. */
export async function policyScenarios(args: string[]): Promise<Tried> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { version: { type: "string" }, print: { type: "string" } },
  });
  if (positionals.length > 0) {
    const tried = positionals.map((file) => tryDocument(file, readFile(file)));
    return {
      lines: tried.flatMap(({ lines }) => lines),
      exitCode: tried.some((one) => one.exitCode === 1) ? 1 : 0,
    };
  }
  if (values.print !== undefined) {
    const document = await readDocument(readDatabase(), numberOf(values.print));
    return { lines: [JSON.stringify(document, null, 2)], exitCode: 0 };
  }
  const number =
    values.version === undefined
      ? (await readActivePolicy(readDatabase())).version
      : numberOf(values.version);
  return tryDocument(`version ${number}`, await readDocument(readDatabase(), number));
}

class Complaint extends Error {}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Complaint("A version is a number.");
  return Number(text);
}

function readFile(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch {
    throw new Complaint(`${file} cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Complaint(`${file} is not JSON.`);
  }
}

/** What went wrong, in words. */
export function complaintOf(error: unknown): string {
  if (error instanceof Complaint) return error.message;
  if (error instanceof Refusal)
    return error.code === "not-found" ? "There is no such version." : refusalWords(error.code).what;
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"))
    return `${(error as Error).message}\n\n${usage}`;
  return "Something failed on our side.";
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${usage}\n`);
  } else {
    try {
      const needsDatabase = args.length === 0 || args.some((one) => /^--(version|print)\b/.test(one));
      if (needsDatabase) useDemoSettings();
      const complaints = needsDatabase ? envComplaints() : [];
      if (complaints.length > 0) throw new Complaint(`${complaints.join(". ")}.`);
      const { lines, exitCode } = await policyScenarios(args);
      process.stdout.write(`${lines.join("\n")}\n`);
      process.exitCode = exitCode;
    } catch (error) {
      process.stderr.write(`${complaintOf(error)}\n`);
      process.exitCode = 2;
    }
    await closeControlDatabase();
  }
}
