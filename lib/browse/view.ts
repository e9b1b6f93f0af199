import type { FilterOp } from "@/lib/browse/filter-ops";
import type { ClassGroup, Sensitivity } from "@/lib/catalog/classes";
import type { FormState } from "@/lib/web/view";

export type { FilterOp } from "@/lib/browse/filter-ops";

/** Filters, order and columns of a table that somebody keeps under a name. */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  /** The table so, which is all that there is to opening it. */
  readonly href: string;
  readonly words: string;
  /** What of it does not fit the table any more, in words. */
  readonly leftOut: readonly string[];
  readonly shared: boolean;
  /** Who keeps it; null where that is whoever reads. */
  readonly owner: string | null;
  /** Whether the page shows just this. */
  readonly isOpen: boolean;
};

/** A form about a saved view. */
export type ViewAction = (before: FormState, form: FormData) => Promise<FormState>;

/** How a column looks: as it is, masked, or not at all. */
export type Look = "clear" | "masked" | "hidden";

/** What control takes a value of the column. */
export type FilterInput = "text" | "number" | "date" | "moment" | "time" | "choice";

/** What a clear column can be filtered by, with the words of each operator. */
export type FilterOffer = {
  readonly ops: readonly (readonly [op: FilterOp, words: string])[];
  readonly input: FilterInput;
  /** The values of a `choice`. */
  readonly choices?: readonly string[];
};

/** A column as the head of a table explains it; never a value of it. */
export type ColumnView = {
  readonly id: string;
  readonly name: string;
  readonly typeName: string;
  readonly comment: string | null;
  readonly look: Look;
  /** Numbers and amounts stand at the end of their cell. */
  readonly isNumber: boolean;
  readonly classTitle: string;
  readonly group: ClassGroup;
  readonly sensitivity: Sensitivity | null;
  /** The mask in words, and why it is this one. */
  readonly method: string;
  readonly why: string;
  readonly sortable: boolean;
  readonly filter: FilterOffer | null;
  /** What a request needs to know of it; null where nothing can be requested. */
  readonly field: {
    readonly classId: string;
    readonly partialPossible: boolean;
    readonly neverOpens: boolean;
  } | null;
};

/** Records of one table that a search has found. */
export type SearchHits = {
  readonly table: { readonly name: string; readonly source: string; readonly href: string };
  readonly columns: readonly ColumnView[];
  /** How many there are; null for more than are counted, and then none is shown. */
  readonly matches: number | null;
  readonly records: readonly {
    readonly label: string;
    readonly href: string;
    /** Texts under their masks, in the order of the columns. */
    readonly cells: readonly (string | null)[];
  }[];
};

/** Tables that a search has left out for one reason, by name as far as they are listed. */
export type NotSearched = { readonly why: string; readonly count: number; readonly names: readonly string[] };

/** What a search has found, and where it has looked. */
export type SearchAnswer = {
  readonly tables: number;
  readonly hits: readonly SearchHits[];
  readonly notSearched: readonly NotSearched[];
};

/** How a search went: found or not, or refused in words. */
export type SearchOutcome =
  | { readonly ok: true; readonly output: SearchAnswer }
  | {
      readonly ok: false;
      readonly what: string;
      readonly next: string;
      readonly fields: Readonly<Record<string, string>>;
    };

export type SearchAction = (before: SearchOutcome | null, form: FormData) => Promise<SearchOutcome>;

/** A column at the head of a page of rows. */
export type GridColumn = ColumnView & {
  readonly sorted: "asc" | "desc" | null;
  /** The same table under the next sort by this column; null where it cannot be sorted. */
  readonly sortHref: string | null;
};

/** A row as the page shows it: texts under their masks in the order of the columns, null for no value. */
export type GridRow = {
  /** Names the record in requests and addresses; null when nothing can name it. */
  readonly handle: string | null;
  readonly cells: readonly (string | null)[];
};

/** A page of rows with all that is drawn around it. */
export type GridView = {
  readonly tableId: string;
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  /** Where records are shown, to be followed by a handle; relative to the page of the table. */
  readonly recordBase: string;
};

/** A filter in words, with the address of the page without it. */
export type FilterChip = { readonly words: string; readonly removeHref: string };

/** What the source did not give, and what to do about it. */
export type Trouble = { readonly what: string; readonly next: string };

/** Where the steps of a page lead; null where there is nothing. */
export type PageSteps = {
  readonly first: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly last: string | null;
};

/** A number of rows a page can show, with its address. */
export type SizeChoice = { readonly size: number; readonly href: string; readonly isCurrent: boolean };

/** The page of a table, whatever the source answered. */
export type TablePageView = {
  readonly tableId: string;
  readonly name: string;
  readonly source: { readonly name: string; readonly slug: string };
  readonly schema: string;
  readonly kind: string;
  readonly comment: string | null;
  readonly path: string;
  /** What the address says, for forms: with the columns and without them. */
  readonly params: readonly (readonly [name: string, value: string])[];
  readonly allColumns: readonly string[];
  readonly columnsChosen: "none" | "some" | "all";
  readonly chips: readonly FilterChip[];
  readonly problems: readonly string[];
  readonly cleanHref: string;
  /** Why nothing of this table can be requested; null where it can. */
  /** Where all records that match the filters can be asked for; null where nothing can. */
  readonly requestAllHref: string | null;
  readonly noRequests: string | null;
  /** What people should know about the order and the reach of the pages. */
  readonly paging: string | null;
  readonly sizes: readonly SizeChoice[];
  readonly columns: readonly GridColumn[];
  /** Tells one page of rows from another. */
  readonly pageKey: string;
  /** The number of rows where it is known for certain: when one page holds them all. */
  readonly exactTotal: number | null;
} & (
  | { readonly ok: true; readonly grid: GridView; readonly steps: PageSteps }
  | { readonly ok: false; readonly trouble: Trouble }
);

/** A table in the tree, with its partitions. */
export type TreeLeaf = {
  readonly name: string;
  readonly href: string;
  /** About how many rows, in short: "16k". */
  readonly rows: string | null;
  readonly isReadable: boolean;
  readonly isView: boolean;
  readonly partitions: readonly TreeLeaf[];
};

/** A source in the tree. */
export type TreeSource = {
  readonly name: string;
  readonly slug: string;
  readonly schemas: readonly { readonly name: string; readonly tables: readonly TreeLeaf[] }[];
};

/** A table that somebody opened lately. */
export type RecentTable = { readonly name: string; readonly source: string; readonly href: string };

/** A field of a record, in full. */
export type RecordField = {
  readonly column: ColumnView;
  readonly isKey: boolean;
  readonly text: string | null;
  /** The record that it refers to. */
  readonly href: string | null;
};

export type RecordGroup = { readonly title: string; readonly fields: readonly RecordField[] };

/** A relation of a record as a tab. */
export type RelationTab = { readonly id: string; readonly label: string; readonly note: string };

/** The page of a record. */
export type RecordView = {
  readonly tableId: string;
  readonly handle: string;
  readonly path: string;
  readonly tablePath: string;
  readonly tableName: string;
  readonly source: { readonly name: string; readonly slug: string };
  readonly label: string;
  readonly groups: readonly RecordGroup[];
  readonly relations: readonly RelationTab[];
};

/** The first records of a relation, or why there are none. */
export type RelatedView =
  | { readonly ok: true; readonly grid: GridView; readonly allHref: string; readonly hasMore: boolean }
  | { readonly ok: false; readonly words: string };
