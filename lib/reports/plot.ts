import type { PlotMark, PlotView, SeriesPart } from "@/lib/reports/view";
import { cellText } from "@/lib/reports/words";

/** Whether there is anything to draw. */
export const isEmpty = ({ points }: SeriesPart): boolean =>
  points.every(({ values }) => values.every((value) => value === null || value === 0));

/** The shapes of a series. */
export function plotOf(series: SeriesPart): PlotView {
  const stacked = series.of === "number";
  const most = Math.max(
    ...series.points.map(({ values }) =>
      stacked
        ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
        : Math.max(0, ...values.map((value) => value ?? 0)),
    ),
  );
  const ticks = ticksUpTo(most, series.of);
  const top = ticks.at(-1) ?? 1;
  return {
    up: ticks.map((tick) => ({ place: tick / top, text: cellText(series.of, tick) })),
    along: marksAlong(series),
    columns: stacked ? columnsOf(series, top) : [],
    paths: stacked ? [] : series.lines.flatMap((_, line) => pathsOf(series, line, top)),
  };
}

function columnsOf({ points }: SeriesPart, top: number): PlotView["columns"] {
  const width = 1 / points.length;
  const gap = Math.min(0.2 * width, 0.01);
  return points.map(({ values }, index) => {
    let sum = 0;
    const parts = values.flatMap((value, line) => {
      const from = sum;
      sum += value ?? 0;
      return value ? [{ line, from: from / top, to: sum / top }] : [];
    });
    return { from: index * width + gap, to: (index + 1) * width - gap, parts };
  });
}

function pathsOf({ points }: SeriesPart, line: number, top: number): PlotView["paths"] {
  const paths: { line: number; points: { x: number; y: number }[] }[] = [];
  let open: { x: number; y: number }[] | null = null;
  for (const [index, { values }] of points.entries()) {
    const value = values[line] ?? null;
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      paths.push({ line, points: open });
    }
    open.push({ x: (index + 0.5) / points.length, y: value / top });
  }
  return paths.map(({ line: of, points: [first, ...more] }) => {
    // A point between two gaps is a short stroke.
    const after = first && more.length === 0 ? [{ ...first, x: first.x + 0.004 }] : more;
    return { line: of, points: first ? [first, ...after] : [] };
  });
}

/** At most seven dates below, evenly, the first one always. */
function marksAlong({ points, step }: SeriesPart): PlotMark[] {
  const every = Math.max(1, Math.ceil(points.length / 7));
  return points.flatMap(({ at }, index) =>
    index % every === 0
      ? [{ place: (index + 0.5) / points.length, text: step === "month" ? at.slice(0, 7) : at }]
      : [],
  );
}

const SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
];

/** Three to six round amounts from 0, the last at or above the most. */
function ticksUpTo(most: number, of: SeriesPart["of"]): number[] {
  const wanted = most / 4;
  const step =
    (of === "duration" ? SECONDS.find((seconds) => seconds >= wanted) : undefined) ??
    roundUp(wanted, of === "number" ? 1 : of === "duration" ? 86_400 : 0.01);
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** The next of 1, 2, 5 times a power of ten, in units; at least one unit. */
function roundUp(wanted: number, unit: number): number {
  const amount = Math.max(1, wanted / unit);
  const power = 10 ** Math.floor(Math.log10(amount));
  return unit * power * ([1, 2, 5, 10].find((times) => times * power >= amount - 1e-9) ?? 10);
}
