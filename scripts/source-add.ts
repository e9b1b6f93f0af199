import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { addWholeSource } from "@/lib/catalog/scan-source";
import { confirmProposals } from "@/lib/catalog/confirm-proposals";
import { readConnectionForm, sourceNameSchema } from "@/lib/catalog/connection-form";
import { closeControlDatabase } from "@/lib/db/control-database";
import { envComplaints } from "@/lib/env";
import { Refusal, refusalWords } from "@/lib/refusal";
import { tlsModes } from "@/lib/source/connection";
import { closeAllPools } from "@/lib/source/pool";
import { useDemoSettings } from "./demo-settings";

const usage = `Adds a PostgreSQL database as a source. Every column is hidden until a steward confirms it.

  npm run source:add -- --name Pagila --url postgres://user:password@host:5432/database

  --name NAME            what people call it
  --slug WORD            its word in addresses; made from the name when left out
  --url URL              its address; - reads it from standard input, so that no list of processes shows it
  --tls MODE             ${tlsModes.join(", ")}; as the address says when left out
  --ca FILE              certificates in PEM form that sign the server's
  --confirm-proposals    confirm what is likely as proposed; the rest stays hidden
  --as E-MAIL            the steward who answers for --confirm-proposals

DATABASE_URL, GLIMPSE_KEY and the other settings of the application are read from the environment; without
them, those of the demo in this folder.`;

/** Adds a source as the arguments say and returns what happened, for people. Throws words when it did not. */
export async function sourceAdd(args: string[]): Promise<string> {
  const wanted = readArguments(args);
  const ctx = systemContext("command-line");
  const added = await addWholeSource(ctx, wanted);
  const { tables, columns } = added.scanned;
  const lines = [`Added ${wanted.name} as /catalog/${added.slug}: ${tables} tables, ${columns} columns.`];
  if (wanted.onBehalfOf === undefined)
    return [...lines, "All columns are hidden until a steward confirms them."].join("\n");
  return [...lines, await confirmLikely(ctx, added.id, columns, wanted.onBehalfOf)].join("\n");
}

/** The source is there by now, whatever becomes of the confirmation. */
async function confirmLikely(
  ctx: Context,
  sourceId: string,
  columns: number,
  onBehalfOf: string,
): Promise<string> {
  try {
    const { count } = await confirmProposals(ctx, { sourceId, atLeast: "likely", onBehalfOf });
    return `Confirmed ${count} as proposed, for ${onBehalfOf}; ${columns - count} stay hidden.`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const why =
      error.code === "not-permitted"
        ? `${onBehalfOf} is not an active steward.`
        : "No proposal is likely enough.";
    return `Nothing was confirmed: ${why} All columns stay hidden.`;
  }
}

function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string" },
      slug: { type: "string", default: "" },
      url: { type: "string" },
      tls: { type: "string", default: "" },
      ca: { type: "string" },
      "confirm-proposals": { type: "boolean", default: false },
      as: { type: "string" },
    },
  });
  const { name = "", url, as } = values;
  if (url === undefined)
    throw new Complaint("Say which database: --url postgres://user:password@host:5432/database");
  if (values["confirm-proposals"] && as === undefined)
    throw new Complaint("Say which steward answers for it: --as E-MAIL");
  const tls = (["", ...tlsModes] as const).find((mode) => mode === values.tls);
  if (tls === undefined) throw new Complaint(`--tls is one of ${tlsModes.join(", ")}.`);
  const named = sourceNameSchema.safeParse({ name, slug: values.slug });
  if (!named.success)
    throw new Complaint(`--name or --slug: ${named.error.issues[0]?.message ?? "not valid."}`);
  const form = readConnectionForm({
    how: "url",
    url: url === "-" ? fs.readFileSync(0, "utf8").trim() : url,
    tls,
    ca: values.ca === undefined ? "" : fs.readFileSync(values.ca, "utf8"),
    ...{ host: "", port: "", database: "", user: "", password: "" },
  });
  if (!form.ok) throw new Complaint(Object.values(form.fields).join(" "));
  return {
    ...named.data,
    connection: form.connection,
    onBehalfOf: values["confirm-proposals"] ? as : undefined,
  };
}

class Complaint extends Error {}

/** What went wrong, in words that hold nothing of the address. */
export function complaintOf(error: unknown): string {
  if (error instanceof Complaint) return error.message;
  if (error instanceof Refusal) {
    const { what, next } = refusalWords(error.code);
    const fields = Object.values(error.fields);
    return fields.length > 0 ? fields.join(" ") : `${what} ${next}`;
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"))
    return `${(error as Error).message}\n\n${usage}`;
  if (code === "ENOENT") return "The file of --ca does not exist.";
  return "Something failed on our side. Nothing was added.";
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.includes("--help")) {
    console.log(usage);
  } else {
    useDemoSettings();
    const complaints = envComplaints();
    try {
      if (complaints.length > 0) throw new Complaint(`${complaints.join(". ")}.`);
      console.log(await sourceAdd(args));
    } catch (error) {
      console.error(complaintOf(error));
      process.exitCode = 1;
    }
    await closeAllPools();
    await closeControlDatabase();
  }
}
