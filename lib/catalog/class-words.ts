import type { ChangedClass } from "@/lib/catalog/class-deeds";

/** What the change of a class did. */
export function changedClassWords({ title, endedGrants }: ChangedClass): string {
  return `The class ${title} is changed${ended(endedGrants)}`;
}

/** What retiring a class did. */
export function retiredClassWords({ title, columns, endedGrants }: ChangedClass): string {
  const hidden = columns === 0 ? "" : `; ${columns} ${columns === 1 ? "column is" : "columns are"} hidden`;
  return `The class ${title} is retired${hidden}${ended(endedGrants)}`;
}

const ended = (grants: number) =>
  grants === 0 ? "" : `; ${grants} ${grants === 1 ? "grant" : "grants"} ended`;
