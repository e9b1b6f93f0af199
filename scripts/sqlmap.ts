import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import postgres from "postgres";
import { builtActions, builtRoutes } from "@/e2e/support/build";
import { Client } from "@/e2e/support/client";
import { Lifetime } from "./lifetime";
import { privateFolder } from "./place";
import { freePort } from "./port";
import { runProgram } from "./program";
import { readSqlmap, triedParameters, type Verdict } from "./sqlmap-report";
import { formType, sqlmapTargets, withoutParameters, type SqlmapTarget } from "./sqlmap-targets";
import type { Stack } from "./stack";
import { Steps } from "./steps";
import { startTestStack } from "./test-stack";
import { throwawayCluster } from "./throwaway";

// sqlmap against every parameter of every route of the running build, and against a hole that was made for it:
// npm run sqlmap [-- ADDRESS-PART]
const lifetime = new Lifetime();
lifetime.stopOnSignal();
const output = path.join(privateFolder, `sqlmap-${process.pid}`);
try {
  const failed = await everything(process.argv[2] ?? "");
  await lifetime.stop();
  console.log(
    failed.length === 0 ? "\nsqlmap found the planted hole and no other" : `\n${failed.join("\n")}`,
  );
  process.exit(failed.length === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await lifetime.stop();
  process.exit(1);
}

async function everything(wish: string): Promise<string[]> {
  const { code } = await runProgram({ program: "sqlmap", args: ["--version"], minutes: 1 });
  if (code !== 0) throw new Error("sqlmap is not installed. On Debian: apt-get install sqlmap");
  const steps = new Steps();
  const cluster = await steps.run("database start", throwawayCluster);
  lifetime.add(cluster.stop);
  const { stack } = await startTestStack({ superuserUrl: cluster.superuserUrl, lifetime, steps });
  const control = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  lifetime.add(() => control.end());
  const targets = sqlmapTargets(await knownOf(control));
  const untried = builtRoutes().filter(
    (route) => !withoutParameters.includes(route) && !targets.some((target) => target.route === route),
  );
  const failed = untried.map((route) => `${route}: the list of targets says nothing of it`);
  failed.push(...(await tryHole(stack)));
  for (const target of targets.filter(({ address }) => address.includes(wish))) {
    // What is spent would be refused before it is read.
    await control`DELETE FROM tries`;
    const verdict = await trySqlmap(await argumentsFor(stack, target));
    report(target.action ?? target.address, verdict);
    if (verdict.kind !== "sound") failed.push(`${target.address}: ${verdict.kind}, ${verdict.words}`);
  }
  fs.rmSync(output, { recursive: true, force: true });
  return failed;
}

async function knownOf(control: postgres.Sql) {
  const [known] = await control<
    { tableId: string; columnId: string; personId: string; sourceId: string; number: number }[]
  >`
    SELECT t.id AS "tableId", c.id AS "columnId", t.source_id AS "sourceId", 1 AS number,
      (SELECT id FROM people WHERE email LIKE 'ana@%') AS "personId"
    FROM catalog_tables t JOIN catalog_columns c ON c.table_id = t.id AND c.name = 'email'
    WHERE t.schema = 'public' AND t.name = 'customers'`;
  if (!known) throw new Error("The catalogue of the demo has no customers.");
  return known;
}

const typeOf = (body = "") => (body.startsWith("--") ? formType : "text/plain;charset=UTF-8");

async function argumentsFor({ app, accounts, env }: Stack, target: SqlmapTarget): Promise<string[]> {
  const baseUrl = env["NEXTAUTH_URL"] ?? "";
  const account = accounts.find(({ email }) => email.startsWith(`${target.who.toLowerCase()}@`));
  if (!account || !app) throw new Error(`There is no ${target.who} in the demo.`);
  const client = await new Client(() => {}, baseUrl).signIn(account);
  const open = await client.get(target.address.replaceAll("*", ""));
  const isAtTheDoor = open.headers.get("location")?.includes("/sign-in?") ?? false;
  if (isAtTheDoor) throw new Error(`${target.who} is not let in at ${target.address}.`);
  const action = builtActions().find(({ name }) => name === target.action);
  if (target.action !== undefined && !action) throw new Error(`The build has no action ${target.action}.`);
  const headers = [
    `Origin: ${baseUrl}`,
    ...(action
      ? [`Next-Action: ${action.id}`, `Content-Type: ${typeOf(target.body)}`, "Accept: text/x-component"]
      : []),
  ];
  return [
    ...["-u", baseUrl + target.address, "--cookie", client.cookies, "--headers", headers.join("\n")],
    ...(target.body === undefined ? [] : ["--data", target.body, "--method", "POST"]),
  ];
}

/** A server with the hole that sqlmap is to find, over the same source. */
async function tryHole({ readerUrl }: Stack): Promise<string[]> {
  const source = postgres(readerUrl, { max: 4, onnotice: () => {} });
  lifetime.add(() => source.end());
  const server = http.createServer((request, response) => {
    const id = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("id") ?? "";
    source.unsafe(`SELECT id, country FROM customers WHERE id = ${id}`).then(
      (rows) => response.end(JSON.stringify(rows)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const verdict = await trySqlmap(["-u", `http://127.0.0.1:${port}/?id=1`]);
  server.closeAllConnections();
  server.close();
  report("the planted hole", verdict);
  return verdict.kind === "hole" ? [] : [`The planted hole was not found: ${verdict.words}`];
}

type Tried = Verdict & { parameters: string[] };

async function trySqlmap(target: string[]): Promise<Tried> {
  fs.rmSync(output, { recursive: true, force: true });
  const asked = [
    "--batch",
    "--disable-coloring",
    "--flush-session",
    "--drop-set-cookie",
    `--output-dir=${output}`,
  ];
  const effort = [
    "--dbms=PostgreSQL",
    "--level=1",
    "--risk=1",
    "--threads=4",
    "--timeout=30",
    "--ignore-code=*",
  ];
  const run = await runProgram({ program: "sqlmap", args: [...target, ...asked, ...effort], minutes: 15 });
  return { ...readSqlmap(run.output), parameters: triedParameters(run.output) };
}

function report(what: string, { kind, parameters, words }: Tried): void {
  console.log(`  ${kind.padEnd(9)} ${what} (${parameters.join(", ")}) ${words}`);
}
