import type { ColumnRates } from "@/lib/discovery/values/rates";

/** Rates as JSON, to be kept between the steps of a discovery: numbers by names of columns and of signals. */
export type KeptRates = Record<string, Omit<ColumnRates, "rates"> & { rates: Record<string, number> }>;

/** The rates of a table as they are kept. */
export function keptRates(columns: ReadonlyMap<string, ColumnRates>): KeptRates {
  const all = [...columns].map(([name, one]) => [name, { ...one, rates: Object.fromEntries(one.rates) }]);
  return Object.fromEntries(all) as KeptRates;
}

/** The rates of a table as they were before they were kept. */
export function ratesAgain(kept: KeptRates): Map<string, ColumnRates> {
  return new Map(
    Object.entries(kept).map(([name, one]) => [name, { ...one, rates: new Map(Object.entries(one.rates)) }]),
  );
}
