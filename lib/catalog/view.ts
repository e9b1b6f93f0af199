import type { ConnectionForm } from "@/lib/catalog/connection-form";
import type { Mask } from "@/lib/masking/mask";

export type { Mask } from "@/lib/masking/mask";
export type { ConnectionForm };

/** How far the review of a source or of a table is, in columns. */
export type ReviewCounts = {
  columns: number;
  confirmed: number;
  /** Were confirmed, then changed in the source. */
  changed: number;
  /** Waiting with a proposal that is sure, likely or a guess. */
  sure: number;
  likely: number;
  unsure: number;
};

export type SourceCard = {
  id: string;
  name: string;
  slug: string;
  version: number;
  host: string;
  database: string;
  serverVersion: string | null;
  /** Whether its database masks, through views, and not the console. */
  hardened: boolean;
  /** ISO 8601. */
  scannedAt: string | null;
  tables: number;
  counts: ReviewCounts;
};

/** How the last discovery of a source stands. */
export type DiscoveryView = {
  state: "waiting" | "asking" | "done" | "cancelled" | "failed";
  why: "added" | "moved" | "asked" | "scheduled" | "drift";
  /** Who started it; null for Glimpse itself. */
  by: string | null;
  /** Whose values are asked for, and of how many that is done. */
  tables: number;
  done: number;
  failure: string | null;
  /** ISO 8601. */
  startedAt: string;
  endedAt: string | null;
};

/** When a source is compared by itself: at an hour in UTC, weekly on Mondays. */
export type ChecksView = { every: "off" | "daily" | "weekly"; hour: number };

/** Names of the columns of a table that are not as a steward knew them. */
export type DriftTable = {
  schema: string;
  table: string;
  new: readonly string[];
  changed: readonly string[];
  gone: readonly string[];
};

/** What has changed in a source since a steward last looked. */
export type DriftView = {
  sourceId: string;
  name: string;
  slug: string;
  /** ISO 8601. */
  since: string;
  words: string;
  tables: readonly DriftTable[];
};

export type TableKindName = "table" | "partitioned" | "partition" | "view" | "matview" | "foreign";

export type TableRow = {
  id: string;
  schema: string;
  name: string;
  kind: TableKindName;
  comment: string | null;
  rowEstimate: number | null;
  readable: boolean;
  counts: ReviewCounts;
};

/** A data class among which a steward chooses; `none` is one of them. */
export type ClassChoice = {
  id: string;
  title: string;
  group: string;
  /** 1 to 4; 0 for `none`. */
  sensitivity: 0 | 1 | 2 | 3 | 4;
  regulations: readonly string[];
  /** The longest a grant may show it, in minutes; 0 means never. */
  maxRevealMinutes: number;
  /** The key of the mask that stands in its place unless a steward says otherwise. */
  maskKey: string;
};

/** A class on the page that lists all of them. */
export type ClassRow = Omit<ClassChoice, "maskKey"> & {
  mask: { key: string; name: string };
  /** Confirmed columns that are of it, in every source. */
  columns: number;
  /** A steward's own, and the words in names that propose it; null for a built-in one. */
  own: { version: number; words: readonly string[] } | null;
  /** The masks that may stand for that of a built-in class, stricter than its own; none where it is fixed. */
  masks: readonly { key: string; name: string }[];
  /** The mask of this version where a steward prefers a stricter one. */
  usualMask: string | null;
};

export type MaskChoice = {
  key: string;
  /** "partial, last 4". */
  name: string;
  /** What people see, and what it still gives away. */
  says: string;
  /** The letter that chooses the method. */
  letter: string;
  /** The classes it is made for; null where it makes sense for any. */
  classes: readonly string[] | null;
  /** What reading it costs: "about 2 µs a row"; null where the column is not read. */
  cost: string | null;
  mask: Mask;
};

export type ReviewGroup = "changed" | "unsure" | "likely" | "sure" | "confirmed" | "gone";

export type ReviewColumn = {
  id: string;
  version: number;
  name: string;
  type: string;
  /** Which list of masks fits it. */
  maskSet: string;
  comment: string | null;
  nullable: boolean;
  generated: boolean;
  isKey: boolean;
  /** "customers.id" */
  refersTo: string | null;
  readable: boolean;
  state: "unconfirmed" | "confirmed" | "suspended";
  group: ReviewGroup;
  /** Chosen, or else proposed. */
  classId: string;
  /** Chosen, or else proposed; null where nobody should follow a guess without looking. */
  maskKey: string | null;
  proposed: { classId: string; why: string; percent: number };
};

/** How a rule book wants the classes masked: keys of masks by class. */
export type PresetChoice = {
  id: string;
  title: string;
  says: string;
  maskKeys: Readonly<Record<string, string>>;
};

/** What a rule book would change of one confirmed column; `looser` is whatever may show more than now. */
export type PresetChange = {
  id: string;
  version: number;
  /** "public.customers". */
  table: string;
  column: string;
  classTitle: string;
  /** The masks in words. */
  now: string;
  wanted: string;
  how: "stricter" | "looser";
};

/** What a rule book would change in a source; `more` changes are left for the next time. */
export type PresetPlan = { changes: readonly PresetChange[]; more: number; unchanged: number };

/** All that the review of one table shows. Masked samples come apart, when they are asked for. */
export type TableReview = {
  tableId: string;
  sourceId: string;
  columns: readonly ReviewColumn[];
  classes: readonly ClassChoice[];
  presets: readonly PresetChoice[];
  maskSets: Readonly<Record<string, readonly MaskChoice[]>>;
  /** By class: the mask that this table wants for it in place of that of the class, where it fits. */
  tableMaskKeys: Readonly<Record<string, string>>;
};

/** Masked output of a column under one mask: a few different texts, none when all of the rows looked at are null. */
export type MaskSample = {
  texts: readonly string[];
  /** Whether the output is kept from the preview because it may be most of the value. */
  withheld: boolean;
  /** Why the mask is weak for this column; null where nothing speaks against it. */
  weakness: string | null;
};

/** A path of a JSON column: where it is found, what it seems to hold, and how sure that is. */
export type PathRow = {
  path: readonly string[];
  /** "in 98 % of 500 documents, text". */
  found: string;
  /** The class that is proposed; null for none. */
  classTitle: string | null;
  percent: number;
};

/** The paths of a JSON column that can be told from data, and how many others there are. */
export type PathList = { paths: readonly PathRow[]; pooled: number };

/** Samples by the id of the column and the key of the mask, as a member of `classId`; `failed` says why there are none. */
export type Samples = {
  columns: Readonly<Record<string, { classId: string; byMask: Readonly<Record<string, MaskSample>> }>>;
  failed: string | null;
  /** By the id of a JSON column: its paths. */
  paths?: Readonly<Record<string, PathList>>;
};

export type ConfirmedView = { count: number; at: string; endedGrants: number };
export type ReopenedView = { count: number; endedGrants: number };
export type AddedView = { slug: string; words: string };
export type ScannedView = { words: string };

export type ConnectionTest =
  | { ok: true; words: string; warnings: readonly string[] }
  | { ok: false; words: string; hint: string };

/** The stored connection without its password, which no page ever shows. */
export type ConnectionView = {
  host: string;
  port: number;
  database: string;
  user: string;
  tls: "disable" | "require" | "verify-ca" | "verify-full";
  ca: string;
};

export type Refused = { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };
export type Answer<T> = { ok: true; output: T } | Refused;

/** What the page of a table hands to its review: server actions. */
export type ReviewActions = {
  confirm: (wanted: {
    sourceId: string;
    choices: readonly { id: string; version: number; classId: string; mask: Mask }[];
  }) => Promise<Answer<ConfirmedView>>;
  reopen: (wanted: {
    sourceId: string;
    columns: readonly { id: string; version: number }[];
  }) => Promise<Answer<ReopenedView>>;
  undo: (wanted: { sourceId: string; confirmedAt: string }) => Promise<Answer<ReopenedView>>;
};

/** What a page hands to the form of a connection. */
export type ConnectionActions = {
  test: (wanted: { connection: ConnectionForm; sourceId: string | null }) => Promise<Answer<ConnectionTest>>;
};
