import type { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import type { Permission } from "@/lib/auth/permissions";
import type {
  BarsPart,
  FormField,
  NumbersPart,
  Row,
  SeriesPart,
  TableHead,
  TextPart,
} from "@/lib/reports/view";

/**
 * The moment that a report speaks of, by the clock of the control database, and the size of the log then. Whoever reads
 * events takes those with `seq < logSize` alone, so that all parts of a report agree and its checkpoint covers them.
 */
export type AsOf = { at: Date; logSize: number };

/**
 * Rows that are read as they are wanted, in batches of at most some thousands, in a total order. Each call begins anew.
 * Whoever stops early calls `return`, as `for await` does.
 */
export type TableSection = TableHead & {
  rows: () => AsyncIterable<readonly Row[]>;
  /** How many rows there are, where making the report has told anyway: by it a download says how far it is. */
  total?: number;
};

export type Section = TextPart | NumbersPart | BarsPart | SeriesPart | TableSection;

/** What a report says. Never a value of a source: of records their handles, as the log has them (law 6). */
export type Report = {
  title: string;
  /** What it was narrowed to, in words: names, not ids. */
  filters: readonly (readonly [label: string, text: string])[];
  sections: readonly Section[];
};

/**
 * What a run of a report was about, for its event: whom, or which table. `asksOf` is a record of which the source is asked:
 * the log names it, also where nobody was ever told anything of it.
 */
export type About = Pick<AuditEvent, "subject" | "resource" | "reason"> & {
  asksOf?: { sourceId: string; tableId: string; handle: string };
};

/** A kind of report. Page, PDF, CSV, NDJSON, runs and schedule follow from it. */
export type ReportKind<Params = unknown> = {
  /** Part of addresses and events: kebab-case, stable. */
  id: string;
  title: string;
  /** The question that it answers, in plain words. */
  question: string;
  /** The clauses of laws and standards that ask for it. */
  basis: readonly string[];
  permission: Permission;
  fields: readonly FormField[];
  /** Reads the parameters of an address; messages are shown beside the fields. Unknown ones are refused. */
  input: z.ZodType<Params>;
  /** Names for the event of a run, read before it. */
  about?: (ctx: Context, params: Params) => Promise<About>;
  /** Throws a Refusal where what is asked for does not exist or may not be read. */
  build: (ctx: Context, params: Params, asOf: AsOf) => Promise<Report>;
};

/** A kind whose parameters are read by itself, so that kinds of different parameters stand in one list. */
export type AnyKind = Omit<ReportKind, "input" | "about" | "build"> & {
  /** What an address asks for; words by field where it cannot be read. */
  read: (raw: Readonly<Record<string, string>>) => Asked | { mistakes: Record<string, string> };
};

/**
 * Whether a kind asks for a record or for words that somebody types. Those never stand in an address, which outlives an
 * erasure in histories, messages and the logs of proxies (law 6): they are sent by POST, and the address holds them sealed.
 */
export const isDiscreet = ({ fields }: Pick<AnyKind, "fields">): boolean =>
  fields.some(({ kind }) => kind === "record" || kind === "text");

export type Asked = {
  about: (ctx: Context) => Promise<About>;
  build: (ctx: Context, asOf: AsOf) => Promise<Report>;
};

/** Closes a kind over its parameters. */
export function reportKind<Params>({ input, about, build, ...kind }: ReportKind<Params>): AnyKind {
  return {
    ...kind,
    read: (raw) => {
      const parsed = input.safeParse(raw);
      if (!parsed.success)
        return {
          mistakes: Object.fromEntries(
            parsed.error.issues.map(({ path, message }) => [path.join("."), message]),
          ),
        };
      return {
        about: async (ctx) => (await about?.(ctx, parsed.data)) ?? {},
        build: (ctx, asOf) => build(ctx, parsed.data, asOf),
      };
    },
  };
}
