import "server-only";
import fs from "node:fs";
import path from "node:path";
import { proposer } from "@/lib/discovery/discover";
import { parseSourceUrl } from "@/lib/source/connection";
import { discover } from "@/lib/source/discover";
import { emptySource, loadSql, type SampleName, type TestDatabase } from "@/lib/testing/database";
import { sharedData } from "@/lib/testing/shared-data";
import { fillHeldOut, type HeldOutSchema, tablesOf } from "./schema";
import type { Judged } from "./score";

/** What discovery makes of a database, beside what its columns are known to hold: labels by `table.column`. */
export async function judge(url: string, labels: ReadonlyMap<string, string>): Promise<Judged[]> {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  const { schema, rates } = await discover(parsed.parts);
  const propose = proposer(schema, rates);
  return schema.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const name = `${table.table}.${column.name}`;
      const label = labels.get(name) ?? labels.get(`${table.schema}.${name}`);
      return label === undefined ? [] : [{ column: name, label, proposed: propose(table, column).classId }];
    }),
  );
}

async function judgeAndDrop(database: TestDatabase, labels: ReadonlyMap<string, string>): Promise<Judged[]> {
  const judged = await judge(database.url, labels);
  await database.drop();
  return judged;
}

/** A sample database against the labels that came with it. */
export async function judgeSample(name: SampleName): Promise<Judged[]> {
  const file = path.join(sharedData(), "labels", `${name}.tsv`);
  const [, ...lines] = fs.readFileSync(file, "utf8").trim().split("\n");
  const labels = lines
    .map((line) => line.split("\t"))
    .map(([table = "", column = "", label = ""]) => [`${table}.${column}`, label] as const);
  return judgeAndDrop(await loadSql(name), new Map(labels));
}

/** A held-out schema, made and filled for this, against its labels. */
export async function judgeHeldOut(schema: HeldOutSchema): Promise<Judged[]> {
  const database = await emptySource();
  await fillHeldOut(database.ownerUrl, schema);
  const labels = tablesOf(schema).flatMap((table) =>
    table.columns.map((column) => [`${table.name}.${column.name}`, column.classId] as const),
  );
  return judgeAndDrop(database, new Map(labels));
}
