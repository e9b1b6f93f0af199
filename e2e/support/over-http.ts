import { encodeHandle, parseHandle } from "@/lib/catalog/record-handle";
import type { CatalogTable } from "@/lib/catalog/table";
import type { Ask, Question, Seen } from "@/lib/testing/attack/asking";
import { answerOf } from "./cast";
import { form, returned, type Answer, type Client } from "./client";
import { recordsIn } from "./crawl";
import { settled } from "./settled";

/** Asks the running build, as a signed-in person who writes the requests by hand: all that crosses the wire comes back. */
export function overHttp(client: Client, table: CatalogTable): Ask {
  const path = `/browse/${table.source.slug}/${table.schema}/${table.name}`;
  const columnId = (name: string) => table.columns.find((column) => column.name === name)?.id ?? "";
  const answers: { [K in Question["kind"]]: (question: Question & { kind: K }) => Promise<Answer> } = {
    page: ({ query }) => client.get(`${path}?${query}`),
    record: ({ id }) => client.get(`${path}/${handleOf(id)}`),
    search: ({ term }) => answerOf(client, "search#search", null, form(["term", term])),
    lookup: ({ column, term }) =>
      answerOf(
        client,
        "browse#findRecord",
        null,
        form(["tableId", table.id], ["columnId", columnId(column)], ["term", term]),
      ),
    check: ({ id, column, said }) => {
      const cell = [["tableId", table.id] as const, ["record", handleOf(id)] as const];
      const asked = form(...cell, ["columnId", columnId(column)], ["said", said]);
      return answerOf(client, "browse#checkSaid", null, asked);
    },
  };
  return async (question) => {
    const started = performance.now();
    const answer = await answers[question.kind](question as never);
    const ms = performance.now() - started;
    return { ...seenIn(question, answer, path), ms };
  };
}

function seenIn(question: Question, answer: Answer, path: string): Omit<Seen, "ms"> {
  const text = settled(answer);
  const idsOf = (addresses: readonly string[]) =>
    addresses.map((address) => idOf(address.split("/").at(-1) ?? ""));
  if (question.kind === "page") {
    const [, total] =
      /<p class="mr-auto">[^]*?(?:of about )?([\d,]+)(?: that match)?[^\d]*?<\/p>/.exec(text) ?? [];
    return {
      text,
      ids: idsOf(recordsIn(answer.text, path)),
      total: total === undefined ? null : Number(total.replaceAll(",", "")),
    };
  }
  if (question.kind === "record")
    return { text, ids: answer.status === 200 ? [question.id] : [], total: null };
  const said = JSON.stringify(returned(answer) ?? null);
  if (question.kind === "check")
    return { text: said, ids: said.includes('"matches":true') ? [question.id] : [], total: null };
  const hrefs = Array.from(said.matchAll(/"href":"([^"]+)"/g), ([, href = ""]) => href);
  return { text: said, ids: idsOf(hrefs.filter((href) => href.startsWith(`${path}/`))), total: null };
}

const handleOf = (id: string) => encodeHandle({ kind: "values", values: [id] });

function idOf(handle: string): string {
  const key = parseHandle(handle);
  return key?.kind === "values" ? (key.values[0] ?? "") : handle;
}
