import "server-only";
import type { Context } from "@/lib/auth/context";
import { browseTable } from "@/lib/browse/browse-table";
import { estimateTotal } from "@/lib/browse/estimate-total";
import { readRecord } from "@/lib/browse/read-record";
import { searchRecords } from "@/lib/browse/search-records";
import { parseTableState } from "@/lib/browse/table-state";
import { tablePageView } from "@/lib/browse/table-page-view";
import { encodeHandle, parseHandle } from "@/lib/catalog/record-handle";
import type { CatalogTable } from "@/lib/catalog/table";
import { checkField } from "@/lib/lookups/check-field";
import { lookUp } from "@/lib/lookups/look-up";
import { Refusal, refusalWords } from "@/lib/refusal";
import type { Ask, Question, Seen } from "./asking";

/** Asks the deeds behind the pages themselves, thousands of times a minute: all that they hand to a page comes back. */
export function directly(ctx: Context, table: CatalogTable): Ask {
  const answers: {
    [K in Question["kind"]]: (question: Question & { kind: K }) => Promise<Omit<Seen, "ms">>;
  } = {
    page: ({ query }) => readPageOf(ctx, table, query),
    record: async ({ id }) => {
      const read = await readRecord(ctx, table, handleOf(id));
      return { text: JSON.stringify(read), ids: read.state === "found" ? [id] : [], total: null };
    },
    search: ({ term }) =>
      refusedOr(async () => {
        const answer = await searchRecords(ctx, { term });
        const records = answer.hits.flatMap((found) => found.records);
        const ids = records.map(({ href }) => idOf(href.split("/").at(-1) ?? ""));
        return { text: JSON.stringify(answer), ids, total: answer.hits[0]?.matches ?? null };
      }),
    lookup: ({ column, term }) =>
      refusedOr(async () => {
        const found = await lookUp(ctx, { tableId: table.id, columnId: columnId(table, column), term });
        const handle = found.href?.split("/").at(-1);
        return { text: JSON.stringify(found), ids: handle ? [idOf(handle)] : [], total: null };
      }),
    check: ({ id, column, said }) =>
      refusedOr(async () => {
        const wanted = { tableId: table.id, record: handleOf(id), columnId: columnId(table, column), said };
        const checked = await checkField(ctx, wanted);
        return { text: JSON.stringify(checked), ids: checked.matches ? [id] : [], total: null };
      }),
  };
  return async (question) => {
    const started = performance.now();
    const seen = await answers[question.kind](question as never);
    return { ...seen, ms: performance.now() - started };
  };
}

/** A page and its estimate, from an address to what its components draw. */
export async function readPageOf(
  ctx: Context,
  table: CatalogTable,
  query: string,
): Promise<Omit<Seen, "ms">> {
  const state = parseTableState(table, searchOf(query));
  const [browsed, estimate] = await Promise.all([
    browseTable(ctx, table, state),
    estimateTotal(ctx, table, state.filters),
  ]);
  const view = tablePageView(table, state, browsed);
  const handles = view.ok ? view.grid.rows.flatMap(({ handle }) => handle ?? []) : [];
  return {
    text: JSON.stringify([view, estimate]),
    ids: handles.map(idOf),
    total: view.exactTotal ?? estimate,
  };
}

function searchOf(query: string): Record<string, string[]> {
  const params = new URLSearchParams(query);
  return Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
}

async function refusedOr(ask: () => Promise<Omit<Seen, "ms">>): Promise<Omit<Seen, "ms">> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      text: JSON.stringify([error.code, refusalWords(error.code), error.fields]),
      ids: [],
      total: null,
    };
  }
}

const handleOf = (id: string) => encodeHandle({ kind: "values", values: [id] });

function idOf(handle: string): string {
  const key = parseHandle(handle);
  return key?.kind === "values" ? (key.values[0] ?? "") : handle;
}

function columnId(table: CatalogTable, name: string): string {
  return table.columns.find((column) => column.name === name)?.id ?? "";
}
