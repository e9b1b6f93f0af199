/** How a cell of a report is read: plain words, a count, a moment (ISO 8601), a span (seconds), a share (0 to 1). */
export type CellKind = "text" | "number" | "instant" | "duration" | "share";

/** What stands in a cell: text, or ISO 8601, or a number by its kind; null where there is nothing to say. */
export type Cell = string | number | null;
export type Row = readonly Cell[];

export type Column = {
  /** The name in CSV and NDJSON: snake_case, stable. */
  id: string;
  title: string;
  kind: CellKind;
  /** How wide it is on paper beside the others; 1 where nothing is said. */
  weight?: number;
};

export type Figure = {
  label: string;
  value: number | null;
  kind: "number" | "duration" | "share";
  note?: string;
};

export type TextPart = { kind: "text"; title: string; paragraphs: readonly string[] };
export type NumbersPart = { kind: "numbers"; title: string; intro?: string; figures: readonly Figure[] };
/** Amounts to compare, longest first as a rule; beside each bar stands its number. */
export type BarsPart = {
  kind: "bars";
  title: string;
  intro?: string;
  of: "number" | "duration" | "share";
  bars: readonly { label: string; value: number; note?: string }[];
  /** What stands there when there is no bar. */
  empty: string;
};
/** Amounts over time: one step of the same length after the other, a value for each line; null where there is none. */
export type SeriesPart = {
  kind: "series";
  title: string;
  intro?: string;
  of: "number" | "duration" | "share";
  step: "day" | "week" | "month";
  lines: readonly string[];
  /** `at` is the first day of the step, as YYYY-MM-DD. */
  points: readonly { at: string; values: readonly (number | null)[] }[];
  empty: string;
};
export type TableHead = {
  kind: "table";
  /** Names the table in CSV and NDJSON, unique in its report: kebab-case, stable. */
  id: string;
  title: string;
  intro?: string;
  columns: readonly Column[];
  empty: string;
};
/** The parts of a report as a page shows them: all amounts in words, and of a table its first rows. */
export type SectionView =
  | TextPart
  | {
      kind: "numbers";
      title: string;
      intro?: string;
      figures: readonly { label: string; text: string; note?: string }[];
    }
  | {
      kind: "bars";
      title: string;
      intro?: string;
      /** `share` of the longest, from 0 to 1. */
      bars: readonly { label: string; text: string; share: number; note?: string }[];
      empty: string;
    }
  | {
      kind: "series";
      /** The name of its CSV. */
      id: string;
      title: string;
      intro?: string;
      lines: readonly string[];
      plot: PlotView | null;
      /** The same as a table: the step, then each line. */
      head: readonly string[];
      rows: readonly (readonly string[])[];
      empty: string;
    }
  | {
      kind: "table";
      id: string;
      title: string;
      intro?: string;
      columns: readonly { title: string; isAmount: boolean; isMoment: boolean }[];
      rows: readonly (readonly string[])[];
      /** Whether there are more than these. */
      more: boolean;
      empty: string;
    };

/** A mark on an axis: its place from 0 to 1, and what stands there. */
export type PlotMark = { place: number; text: string };

/**
 * A series as shapes in a square of 1 by 1 whose origin is below on the left: counts as columns of parts that add up,
 * other amounts as lines that are broken where there is no value. Drawn as SVG on a page and by the pen of a PDF.
 */
export type PlotView = {
  up: readonly PlotMark[];
  along: readonly PlotMark[];
  columns: readonly {
    from: number;
    to: number;
    parts: readonly { line: number; from: number; to: number }[];
  }[];
  paths: readonly { line: number; points: readonly { x: number; y: number }[] }[];
};

/** A field of the form of a report. Its name is that of the parameter in the address, where it stands there. */
export type FormField =
  /** Two days in UTC, both included, as `from` and `to`. `usualDays` before today where nothing is said. */
  | { kind: "span"; usualDays: number }
  | { kind: "person" | "table"; name: string; label: string; help?: string; optional?: true }
  /** A record of a table: its handle, as in the address of its page. */
  | { kind: "record"; name: string; label: string; help?: string }
  | { kind: "text"; name: string; label: string; help?: string; optional?: true; maxLength: number }
  | {
      kind: "choice";
      name: string;
      label: string;
      help?: string;
      choices: readonly { value: string; label: string }[];
    };

/** A kind of report as its card shows it. */
export type KindView = { id: string; title: string; question: string; basis: readonly string[] };

/** The form of a kind, filled with what the address asks for. */
export type ReportFormView = {
  kind: KindView;
  fields: readonly FormField[];
  values: Readonly<Record<string, string>>;
  /** Words by the name of a field that could not be read. */
  mistakes: Readonly<Record<string, string>>;
  people: readonly { id: string; name: string }[];
  tables: readonly { id: string; name: string }[];
};

/** What a report says of itself on every form that it has. Times in ISO 8601. */
export type ReportFrameView = {
  title: string;
  question: string;
  basis: readonly string[];
  filters: readonly (readonly [label: string, text: string])[];
  madeBy: string;
  madeAt: string;
  /** How many events the log had: what is younger is not in the report. */
  logSize: number;
};

export type ReportView = ReportFrameView & { sections: readonly SectionView[] };

/** A report that comes by mail. Times in ISO 8601. */
export type ScheduleView = {
  id: string;
  title: string;
  every: "week" | "month";
  owner: string;
  isMine: boolean;
  readers: readonly string[];
  nextAt: string;
};

/** Somebody to whom a report can be sent. */
export type ReaderChoice = { id: string; name: string; isMe: boolean };
