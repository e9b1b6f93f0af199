type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What an address gives for a report: each name once, empty ones left out. A name that occurs twice has no meaning. */
export function givenParams(params: Params): { given: Record<string, string>; twice: string[] } {
  const entries = Object.entries(params);
  return {
    given: Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== ""),
    ),
    twice: entries.filter(([, value]) => Array.isArray(value)).map(([name]) => name),
  };
}
