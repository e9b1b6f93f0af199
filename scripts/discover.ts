import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { proposer } from "@/lib/discovery/discover";
import { parseSourceUrl } from "@/lib/source/connection";
import { discover } from "@/lib/source/discover";
import { SourceFailure } from "@/lib/source/failure";

const usage = `Says what each column of a PostgreSQL database seems to hold. Nothing is stored, and no value leaves the database.

  npm run --silent discover -- --url postgres://user:password@host:5432/database --format tsv

  --url URL        its address; - reads it from standard input, so that no list of processes shows it
  --format FORMAT  tsv (table, column, class, confidence) or words, which adds why

The role of the address needs SELECT on what is to be looked at; columns it may not read are told by their names.`;

/** One line a column, in the order of the database's tables and columns. */
export async function discoverLines(url: string, format: "tsv" | "words"): Promise<string[]> {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Complaint(parsed.words);
  const { schema, rates } = await discover(parsed.parts);
  const propose = proposer(schema, rates);
  return schema.tables.flatMap((table) =>
    table.columns.map((column) => {
      const { classId, confidence, why } = propose(table, column);
      const cells = [`${table.schema}.${table.table}`, column.name, classId, confidence.toFixed(3)];
      // A name may hold a tab; a line must not.
      return [...cells, ...(format === "words" ? [why] : [])]
        .map((cell) => cell.replace(/\s/gu, " "))
        .join("\t");
    }),
  );
}

class Complaint extends Error {}

function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: { url: { type: "string" }, format: { type: "string", default: "tsv" } },
  });
  const { url, format } = values;
  if (url === undefined)
    throw new Complaint("Say which database: --url postgres://user:password@host:5432/database");
  if (format !== "tsv" && format !== "words") throw new Complaint("--format is tsv or words.");
  return { url: url === "-" ? fs.readFileSync(0, "utf8").trim() : url, format } as const;
}

/** What went wrong, in words that hold nothing of the address. */
function complaintOf(error: unknown): string {
  if (error instanceof Complaint || error instanceof SourceFailure) return error.message;
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"))
    return `${(error as Error).message}\n\n${usage}`;
  return "Something failed on our side.";
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.includes("--help")) {
    process.stdout.write(`${usage}\n`);
  } else {
    try {
      const { url, format } = readArguments(args);
      const lines = await discoverLines(url, format);
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    } catch (error) {
      process.stderr.write(`${complaintOf(error)}\n`);
      process.exitCode = 1;
    }
  }
}
