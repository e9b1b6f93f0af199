/** The address of a table below a page such as `/catalog`; its names may hold any character. */
export function tableAddress(page: string, table: { source: string; schema: string; name: string }): string {
  return `${page}/${[table.source, table.schema, table.name].map(encodeURIComponent).join("/")}`;
}

/** A name from an address; empty, which names nothing, when it was not encoded as one. */
export function decodeName(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
