import type { AuditEntry } from "@/lib/audit/entry";

/** How often and of how many records something was shown. */
export type Count = { times: number; records: ReadonlySet<string>; fields: ReadonlySet<string> };

type Counting = { times: number; records: Set<string>; fields: Set<string> };

/**
 * What an employee saw, added up event by event. Records are told apart by their references, so that each counts once
 * however often it was shown; one that was erased counts as well.
 */
export class Tally {
  readonly #all: Counting = empty();
  readonly #classes = new Map<string, Counting>();
  readonly #tables = new Map<string, Counting>();
  copies = 0;
  /** All that were added, whatever they count for. */
  events = 0;

  add(entry: AuditEntry): void {
    this.events += 1;
    if (entry.code === "reveal.copied") this.copies += 1;
    if (entry.code !== "reveal.opened") return;
    const {
      source = "",
      table = "",
      tableId = "",
      records = [],
      fields = [],
      classes = [],
    } = entry.resource ?? {};
    const names = records.map((ref) => (ref.startsWith("s_") ? ref : `${tableId}/${ref}`));
    count(this.#all, names, fields);
    count(at(this.#tables, `${source}: ${table}`), names, fields);
    for (const id of new Set(classes)) {
      const its = fields.filter((_, index) => classes[index] === id).map((field) => `${table}.${field}`);
      count(at(this.#classes, id), names, its);
    }
  }

  get all(): Count {
    return this.#all;
  }

  get classes(): ReadonlyMap<string, Count> {
    return this.#classes;
  }

  get tables(): ReadonlyMap<string, Count> {
    return this.#tables;
  }
}

const empty = (): Counting => ({ times: 0, records: new Set(), fields: new Set() });

function at(counts: Map<string, Counting>, key: string): Counting {
  const found = counts.get(key) ?? empty();
  counts.set(key, found);
  return found;
}

function count(counting: Counting, records: readonly string[], fields: readonly string[]): void {
  counting.times += 1;
  for (const name of records) counting.records.add(name);
  for (const name of fields) counting.fields.add(name);
}
