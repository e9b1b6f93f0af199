/** The names that lead to a table. */
type TableAddress = {
  readonly source: { readonly slug: string };
  readonly schema: string;
  readonly name: string;
};

/** The address of a table's page. */
export function tablePath({ source, schema, name }: TableAddress): string {
  return `/browse/${[source.slug, schema, name].map(encodeURIComponent).join("/")}`;
}

/** The address of a record's page; its handle is safe in an address. */
export function recordPath(table: TableAddress, handle: string): string {
  return `${tablePath(table)}/${handle}`;
}
