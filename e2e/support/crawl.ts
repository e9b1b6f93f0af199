import type { Sql } from "postgres";
import type { Client } from "./client";

export type BrowsedTable = {
  id: string;
  path: string;
  isPartition: boolean;
  clear: string[];
  masked: string[];
};

/** The tables of the demo source that the catalogue knows, with what a steward has made clear and what not. */
export async function browsedTables(control: Sql): Promise<BrowsedTable[]> {
  return control<BrowsedTable[]>`
    SELECT t.id, 'marigold/' || t.schema || '/' || t.name AS path, t.kind = 'partition' AS "isPartition",
      coalesce(array_agg(c.name ORDER BY c.ordinal) FILTER (WHERE c.mask ->> 'method' = 'clear'), '{}') AS clear,
      coalesce(array_agg(c.name ORDER BY c.ordinal) FILTER (WHERE c.mask ->> 'method' <> 'clear'), '{}') AS masked
    FROM catalog_tables t JOIN catalog_columns c ON c.table_id = t.id AND c.gone_at IS NULL
    JOIN sources s ON s.id = t.source_id AND s.slug = 'marigold' AND s.removed_at IS NULL
    WHERE t.gone_at IS NULL GROUP BY t.id ORDER BY t.schema, t.name`;
}

/** The addresses that a page links to below a path, each once, in the order of the page. */
export function linksIn(html: string, below: string): string[] {
  const found = html.matchAll(/href="([^"]+)"/g);
  const links = [...found].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  return [...new Set(links)].filter((href) => href.startsWith(below));
}

/** The records that the page of a table links to, each once, in its order: those links are relative to the page. */
export function recordsIn(html: string, table: string): string[] {
  const name = table.slice(table.lastIndexOf("/") + 1);
  const found = html.matchAll(new RegExp(`href="(${name}/[^"]+)"`, "g"));
  return [...new Set(Array.from(found, ([, href = ""]) => `${table.slice(0, -name.length)}${href}`))];
}

/** All that one can come to from a table by its own links: pages, orders, records and what is related to them. */
export async function addressesFrom(agent: Client, { path, clear, masked }: BrowsedTable): Promise<string[]> {
  const table = `/browse/${path}`;
  const { text } = await agent.get(table);
  const links = linksIn(text, table);
  const pages = links.filter((href) => href.startsWith(`${table}?`) && /[?&](after|before)=/.test(href));
  const records = recordsIn(text, table).slice(0, 2);
  const related: string[] = [];
  for (const record of records.slice(0, 1)) {
    related.push(...linksIn((await agent.get(record)).text, `${record}?`));
  }
  const [sorted, filtered] = [clear.at(-1), clear.at(0)].map((name) => encodeURIComponent(name ?? "id"));
  const wishes = [
    `?sort=-${sorted}&size=100`,
    `?f=${filtered}:not-null&sort=${filtered}`,
    ...masked.slice(0, 3).flatMap((name) => [`?sort=${name}`, `?f=${encodeURIComponent(name)}:is:a`]),
  ];
  return [
    table,
    ...pages.slice(0, 2),
    ...wishes.map((wish) => table + wish),
    ...records,
    ...related.slice(0, 6),
  ];
}
