import { builtInClasses, type ClassBook } from "@/lib/catalog/classes";
import type { SourceColumn, SourceSchema, SourceTable, TableName } from "@/lib/catalog/source-schema";
import { lineageOf } from "@/lib/discovery/lineage";
import { contextsOf } from "@/lib/discovery/names/context";
import { columnWords } from "@/lib/discovery/names/match";
import { ownNames } from "@/lib/discovery/names/own";
import type { TableContext } from "@/lib/discovery/names/rule";
import { proposeClass } from "@/lib/discovery/propose";
import type { Proposal } from "@/lib/discovery/proposal";
import type { ColumnRates } from "@/lib/discovery/values/rates";

/** By table and column: what the source answered. */
export type SchemaRates = ReadonlyMap<string, ReadonlyMap<string, ColumnRates>>;

/** A table as the key of a map. */
export const tableKey = ({ schema, table }: TableName): string => JSON.stringify([schema, table]);

/** Proposes a class for each column of a structure from all that is known of it; without rates, from names alone. */
export function proposer(
  schema: SourceSchema,
  rates: SchemaRates = new Map(),
  classes: ClassBook = builtInClasses,
): (table: SourceTable, column: SourceColumn) => Proposal {
  const own = new OwnProposals(schema, rates, classes);
  const lineage = lineageOf(schema);
  const tables = new Map(schema.tables.map((table) => [tableKey(table), table]));
  const settled = new Map<string, Proposal>();

  const settle = (table: SourceTable, column: SourceColumn, path: readonly string[]): Proposal => {
    const key = JSON.stringify([table.schema, table.table, column.name]);
    const known = settled.get(key);
    if (known !== undefined) return known;
    const sources = path.includes(key) ? [] : lineage(table, column.name);
    const seen = sources.flatMap(({ how, from }) => {
      const other = tables.get(tableKey(from));
      const base = other?.columns.find(({ name }) => name === from.column);
      if (other === undefined || base === undefined) return [];
      return [{ how, name: `${from.table}.${from.column}`, proposal: settle(other, base, [...path, key]) }];
    });
    const proposal = inherited(own.of(table, column), column, seen, levelsOf(classes));
    settled.set(key, proposal);
    return proposal;
  };
  return (table, column) => settle(table, column, []);
}

type Inherited = { how: "copy" | "made" | "key"; name: string; proposal: Proposal };

type LevelOf = (proposal: Proposal) => number;
const levelsOf =
  (classes: ClassBook): LevelOf =>
  ({ classId }) =>
    classes.get(classId)?.sensitivity ?? 0;

/** What a column is by where its values come from: a copy of a sensitive column is as sensitive. */
function inherited(
  own: Proposal,
  column: SourceColumn,
  from: readonly Inherited[],
  levelOf: LevelOf,
): Proposal {
  const copy = from.find(({ how }) => how === "copy");
  if (copy !== undefined) return told(copy, "The same values as");
  const key = from.find(({ how, proposal }) => how === "key" && levelOf(proposal) >= 2);
  if (key !== undefined) return told(key, "A key that repeats");
  const made = from.filter(({ how }) => how === "made");
  const worst = made.toSorted((a, b) => levelOf(b.proposal) - levelOf(a.proposal))[0];
  // A name that says what was made of them is right: the last four digits of a card are no card number.
  const isNamed = own.classId !== "none" && (levelOf(own) >= 2 || own.confidence >= 0.9);
  if (worst === undefined || (isNamed && column.type.category !== "tsvector")) return own;
  if (levelOf(worst.proposal) >= 2) return told(worst, "Computed from");
  return column.type.category === "tsvector"
    ? { classId: "none", confidence: 0.9, why: "Computed from columns that say nothing of anybody." }
    : own;
}

function told({ name, proposal }: Inherited, how: string): Proposal {
  return { ...proposal, why: `${how} ${name}. ${proposal.why}` };
}

/** What every column is by itself, its table included. */
class OwnProposals {
  readonly #rates: SchemaRates;
  readonly #tables: ReadonlyMap<string, SourceTable>;
  readonly #signals: ReturnType<typeof ownNames>;
  readonly #references: ReturnType<typeof referencesOf>;
  readonly #contexts = new Map<string, ReadonlySet<TableContext>>();

  constructor(schema: SourceSchema, rates: SchemaRates, classes: ClassBook) {
    this.#rates = rates;
    this.#signals = ownNames(classes.signals);
    this.#tables = new Map(schema.tables.map((table) => [tableKey(table), table]));
    this.#references = referencesOf(schema);
  }

  /** A partition is told by its parent, whose rows are the same. */
  of(table: SourceTable, column: SourceColumn): Proposal {
    const parent = table.parent === null ? undefined : this.#tables.get(tableKey(table.parent));
    const whole = parent?.columns.some(({ name }) => name === column.name) === true ? parent : table;
    return this.#propose(whole, column, this.#contextOf(whole));
  }

  /** What a table is about by its name, and by its values: two kinds of a person's data make it one about people. */
  #contextOf(table: SourceTable): ReadonlySet<TableContext> {
    const key = tableKey(table);
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    const [onlyKey] = table.primaryKey ?? [];
    const named = contextsOf({
      schema: table.schema,
      words: columnWords(table.table),
      columns: table.columns.map(({ name }) => name),
      key: table.primaryKey?.length === 1 ? columnWords(onlyKey ?? "") : [],
      refersTo: this.#references.tables.get(key) ?? [],
    });
    const found = new Set(named);
    const classes = new Set(
      table.columns
        .map((column) => this.#propose(table, column, named))
        .flatMap(({ classId, confidence }) => (confidence >= 0.8 ? [classId] : [])),
    );
    if (personClasses.filter((id) => classes.has(id)).length >= 2) found.add("person").add("linked");
    if (placeClasses.filter((id) => classes.has(id)).length >= 2) found.add("place");
    this.#contexts.set(key, found);
    return found;
  }

  #propose(table: SourceTable, column: SourceColumn, contexts: ReadonlySet<TableContext>): Proposal {
    return proposeClass({
      column: column.name,
      type: column.type,
      comment: column.comment,
      ownNames: this.#signals,
      contexts,
      isPrimaryKey: table.primaryKey?.includes(column.name) ?? false,
      isForeignKey: this.#references.columns.has(columnKey(table, column.name)),
      rates: this.#rates.get(tableKey(table))?.get(column.name) ?? null,
    });
  }
}

const personClasses = [
  "given_name",
  "family_name",
  "person_name",
  "birth_date",
  "email",
  "phone",
  "national_id",
  "postal_address",
  "iban",
  "pan",
];
const placeClasses = ["city", "postal_address", "postal_code", "country_region"];

const columnKey = ({ schema, table }: TableName, column: string) => JSON.stringify([schema, table, column]);

function referencesOf(schema: SourceSchema) {
  const columns = new Set<string>();
  const tables = new Map<string, string[]>();
  for (const { from, to } of schema.foreignKeys) {
    for (const column of from.columns) columns.add(columnKey(from, column));
    const key = tableKey(from);
    tables.set(key, [...(tables.get(key) ?? []), to.table]);
  }
  return { columns, tables };
}

/** The columns whose values are worth a question: numeric keys, copies and what a parent answers for are not. */
export function columnsToAsk(schema: SourceSchema): (table: SourceTable) => SourceColumn[] {
  const references = referencesOf(schema).columns;
  const lineage = lineageOf(schema);
  const names = new Set(schema.tables.map(tableKey));
  return (table) => {
    if (table.parent !== null && names.has(tableKey(table.parent))) return [];
    return table.columns.filter((column) => {
      if (lineage(table, column.name).some(({ how }) => how === "copy")) return false;
      const isKey =
        references.has(columnKey(table, column.name)) || table.primaryKey?.includes(column.name) === true;
      return !(isKey && column.type.category === "number");
    });
  };
}
