/** Where a case stands. */
export type CaseState = "open" | "explained" | "misuse";

/** What was found, in words, with the address of the events behind it. */
export type FindingView = {
  kind: string;
  title: string;
  words: string;
  /** ISO 8601. */
  foundAt: string;
};

/** A case in a list. */
export type CaseLine = {
  number: number;
  person: string;
  /** As 2026-11-24, by the person's calendar; `dayWords` as people write it. */
  day: string;
  dayWords: string;
  state: CaseState;
  openedAt: string;
  findings: readonly Pick<FindingView, "kind" | "title" | "words">[];
  judgedBy: string | null;
  words: string | null;
  judgedAt: string | null;
};

/** A page of cases, and what the page says beside them. */
export type CasePage = {
  now: string;
  lines: readonly CaseLine[];
  /** Where the next page begins, the number of a case; null where there is none. */
  before: number | null;
  counts: { open: number; closed: number };
  /** The people who can be filtered by. */
  people: readonly { id: string; name: string }[];
  /** Those whose past is too short to hold them against it. */
  fresh: readonly { name: string; days: number }[];
  /** How far the log has been looked at. */
  looked: { events: number; behind: number };
};

/** One day of a plot: so much of it, and whether it is the day of the case. */
export type PlotDay = { day: string; value: number; isIt: boolean };

export type PlotView = {
  title: string;
  /** What is usual: from the tenth to the ninetieth of a hundred days of work. */
  low: number;
  high: number;
  days: readonly PlotDay[];
};

/** On how many days there was work at each hour, and what was done at it on the day of the case. */
export type HoursView = { zone: string; days: number; worked: readonly number[]; deeds: readonly number[] };

export type CaseView = Omit<CaseLine, "findings"> & {
  personId: string;
  zone: string;
  findings: readonly FindingView[];
  plots: readonly PlotView[];
  hours: HoursView | null;
  /** Where the log has the events: what is linked, with the address. */
  events: readonly { label: string; href: string }[];
  mayJudge: boolean;
  now: string;
};
