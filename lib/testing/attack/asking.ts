/** A question to Glimpse: a page of the table of the game, one record of it, a search, a lookup, or a check of what was said. */
export type Question =
  | { kind: "page"; query: string }
  | { kind: "record"; id: string }
  | { kind: "search"; term: string }
  | { kind: "lookup"; column: string; term: string }
  | { kind: "check"; id: string; column: string; said: string };

/** All that comes back: the whole text, the records it speaks of in its order, how many it says there are, how long it took. */
export type Seen = { text: string; ids: readonly string[]; total: number | null; ms: number };

export type Ask = (question: Question) => Promise<Seen>;

/** A page of the table with these parameters, each as name and value. */
export function page(...params: readonly (readonly [name: string, value: string])[]): Question {
  return {
    kind: "page",
    query: new URLSearchParams(params.map(([name, value]) => [name, value])).toString(),
  };
}

/** A cursor as an address holds it, whether Glimpse gave it or somebody made it up. */
export function cursor(...parts: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}
