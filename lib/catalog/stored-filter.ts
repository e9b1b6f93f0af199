/** The name of the column, the comparison and the values of a filter as it stands in an address; null for anything else. */
export function splitFilter(text: string): { name: string; op: string; rest: string | undefined } | null {
  const [, name, op, rest] = /^((?:[^:])*):([a-z-]*)(?::([^]*))?$/u.exec(text) ?? [];
  return name === undefined || op === undefined ? null : { name: unescapeSigns(name), op, rest };
}

/** Percent signs, colons and commas stand for themselves only when escaped. */
export const unescapeSigns = (text: string) =>
  text.replace(/%(25|3A|2C)/giu, (sign) => decodeURIComponent(sign));

/**
 * The filters of a stored address, with the values of those taken out that are on no clear column: each still names
 * its column, so that its view can say why it is not filtered by it (law 5).
 */
export function forgetMasked(filters: readonly string[], isClear: (column: string) => boolean): string[] {
  return filters.flatMap((text) => {
    const filter = splitFilter(text);
    if (filter === null) return [];
    return isClear(filter.name) ? [text] : [text.split(":", 2).join(":")];
  });
}
