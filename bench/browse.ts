import { once } from "node:events";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { rowCount } from "./dataset";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { parseTableState, tableQuery } from "@/lib/browse/table-state";
import type { CatalogTable } from "@/lib/catalog/table";
import { nextProgram } from "@/scripts/build";
import type { Lifetime } from "@/scripts/lifetime";
import { root } from "@/scripts/place";
import { freePort } from "@/scripts/port";

const rounds = 120;
const warmUp = 25;
const bareFolder = path.join(root, "bench/bare");

/** Times whole pages over HTTP on loopback, one request at a time, from the question to the last byte. */
export async function measureBrowse(stack: BenchStack, lifetime: Lifetime): Promise<Row[]> {
  const { cookie } = await stack.signIn("Ana");
  const get = pageGetter(cookie);
  const masked = pageUrl(stack.baseUrl, stack.masked);
  const clear = pageUrl(stack.baseUrl, stack.clear);
  const deep = `${masked}${deepQuery(stack.masked)}`;
  const cells = cellsOf(await get(masked));
  const bare = await serveBare(cells, lifetime);
  await expectRow(get, deep, 900_001);
  const subject = (url: string) => async () => {
    const rows = cellsOf(await get(url)).length;
    if (rows !== 50) throw new Error(`${url} shows ${rows} rows.`);
  };
  const times = await timeSideBySide(
    { masked: subject(masked), clear: subject(clear), deep: subject(deep), bare: subject(bare) },
    { rounds, warmUp },
  );
  const [scriptKb, bareKb] = [await scriptKilobytes(masked, get), await scriptKilobytes(bare, get)];
  return [
    row("browse.masked_vs_clear", "ms", times.masked, times.clear, rounds),
    row("browse.deep_vs_first", "ms", times.deep, times.masked, rounds),
    row("browse.vs_bare_page", "ms", times.masked, times.bare, rounds),
    row("browse.script_kb", "kB", scriptKb, bareKb, 1),
  ];
}

/** Gets whole pages as whoever holds the cookie. */
export function pageGetter(cookie: string): (url: string) => Promise<string> {
  return async (url) => {
    const response = await fetch(url, { headers: { cookie } });
    const html = await response.text();
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
    return html;
  };
}

/** The address of the first page of a table. */
export function pageUrl(baseUrl: string, table: CatalogTable): string {
  return `${baseUrl}/browse/${table.source.slug}/${table.schema}/${table.name}`;
}

/** The address of the page after row 900,000: rows come in the order of their key. */
function deepQuery(table: CatalogTable): string {
  const place = Math.floor(rowCount * 0.9);
  return tableQuery(parseTableState(table, {}), { after: { sort: null, key: [String(place)] } });
}

async function expectRow(get: (url: string) => Promise<string>, url: string, id: number): Promise<void> {
  const first = cellsOf(await get(url))[0]?.find((cell) => /\d/.test(cell));
  if (first?.replaceAll(/\D/g, "") !== String(id)) throw new Error(`The deep page begins with ${first}.`);
}

/** The text of the cells of the first table of a page, row by row. */
export function cellsOf(html: string): string[][] {
  const body = /<tbody[^>]*>(.*?)<\/tbody>/su.exec(html)?.[1] ?? "";
  return body
    .split("</tr>")
    .slice(0, -1)
    .map((tr) =>
      [...tr.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gsu)].map(([, inner = ""]) =>
        inner.replaceAll(/<[^>]*>/g, ""),
      ),
    );
}

/** Builds and serves the bare page with these cells; its address. */
async function serveBare(cells: string[][], lifetime: Lifetime): Promise<string> {
  // The first cell of a row of ours selects it; a bare page has no such thing.
  const rows = cells.map((texts) => texts.slice(-20));
  fs.writeFileSync(path.join(bareFolder, "rows.json"), JSON.stringify(rows));
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  // Turbopack would take the proxy of the product, which stands in the folder above, for the bare page's.
  const built = spawnSync(process.execPath, [nextProgram, "build", "--webpack"], {
    cwd: bareFolder,
    env,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`The bare page was not built.\n${built.stdout}\n${built.stderr}`);
  const port = await freePort();
  const server = spawn(process.execPath, [nextProgram, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: bareFolder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  lifetime.add(async () => {
    const exited = once(server, "exit");
    server.kill("SIGTERM");
    await exited;
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout.on("data", (text: Buffer) => text.includes("Ready") && resolve());
    server.once("exit", () => reject(new Error("The bare page was not served.")));
  });
  return `http://127.0.0.1:${port}/`;
}

/** All JavaScript that a browser of today loads at once for a page, gzipped, in kB of 1000 bytes. */
async function scriptKilobytes(page: string, get: (url: string) => Promise<string>): Promise<number> {
  const html = await get(page);
  const urls = new Set(
    [...html.matchAll(/<script(?![^>]*noModule)[^>]+src="([^"]+)"/gi)].map(
      ([, src = ""]) => new URL(src.replaceAll("&amp;", "&"), page).href,
    ),
  );
  let bytes = 0;
  for (const url of urls) bytes += gzipSync(await get(url)).length;
  return bytes / 1000;
}
