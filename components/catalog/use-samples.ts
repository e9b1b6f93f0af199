import { useEffect, useState } from "react";
import type { MaskSample, PathList, Samples } from "@/lib/catalog/view";

const failedWords = "The samples could not be fetched.";
const restMs = 120;

type Known = {
  byKey: ReadonlyMap<string, MaskSample>;
  failed: string | null;
  paths: Readonly<Record<string, PathList>>;
};

const sampleKey = (columnId: string, classId: string, maskKey: string) => `${columnId} ${classId} ${maskKey}`;

/**
 * Masked samples of a table: of every column as chosen at first, and of the active one under all of its masks. They
 * are fetched apart from the actions, which the router sends one after another: a slow source must not hold those.
 */
export function useSamples(tableId: string, active: { id: string; classId: string } | undefined) {
  const [known, setKnown] = useState<Known>({ byKey: new Map(), failed: null, paths: {} });
  const take = (samples: Samples) =>
    setKnown(({ byKey, paths }) => ({
      byKey: merged(byKey, samples),
      failed: samples.failed,
      paths: { ...paths, ...samples.paths },
    }));

  useEffect(() => {
    const stop = new AbortController();
    void fetchSamples({ table: tableId }, stop.signal, take);
    return () => stop.abort();
  }, [tableId]);

  const [id, classId] = [active?.id, active?.classId];
  useEffect(() => {
    if (id === undefined || classId === undefined) return undefined;
    const stop = new AbortController();
    // Whoever holds an arrow key down passes columns that need no query.
    const timer = setTimeout(() => {
      void fetchSamples({ table: tableId, column: id, class: classId }, stop.signal, take);
    }, restMs);
    return () => (clearTimeout(timer), stop.abort());
  }, [tableId, id, classId]);

  return {
    failed: known.failed,
    pathsOf: (columnId: string) => known.paths[columnId],
    of: (columnId: string, ofClass: string, maskKey: string) =>
      known.byKey.get(sampleKey(columnId, ofClass, maskKey)),
  };
}

export type SampleLookup = ReturnType<typeof useSamples>;

function merged(before: Known["byKey"], samples: Samples): Known["byKey"] {
  const after = new Map(before);
  for (const [columnId, { classId, byMask }] of Object.entries(samples.columns)) {
    for (const [maskKey, found] of Object.entries(byMask))
      after.set(sampleKey(columnId, classId, maskKey), found);
  }
  return after;
}

async function fetchSamples(
  asked: Record<string, string>,
  signal: AbortSignal,
  take: (samples: Samples) => void,
): Promise<void> {
  try {
    const response = await fetch(`/api/samples?${new URLSearchParams(asked)}`, { signal });
    take(response.ok ? ((await response.json()) as Samples) : { columns: {}, failed: failedWords });
  } catch {
    if (!signal.aborted) take({ columns: {}, failed: failedWords });
  }
}
