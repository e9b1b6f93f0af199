import { cx } from "@/components/ui/cx";
import { Table } from "@/components/ui/table";
import type { PlotView, SectionView } from "@/lib/reports/view";

type Series = Extract<SectionView, { kind: "series" }>;

const WIDTH = 720;
const HEIGHT = 200;

/** How each line is drawn: colour, and dashes, so that colour does not speak alone. */
const looks = [
  { fill: "fill-plot-1", stroke: "stroke-plot-1", dashes: undefined },
  { fill: "fill-plot-2", stroke: "stroke-plot-2", dashes: "6 4" },
  { fill: "fill-plot-3", stroke: "stroke-plot-3", dashes: "2 3" },
  { fill: "fill-plot-4", stroke: "stroke-plot-4", dashes: "10 3 2 3" },
  { fill: "fill-plot-5", stroke: "stroke-plot-5", dashes: "1 2" },
] as const;

const lookOf = (line: number) => looks[line % looks.length] ?? looks[0];

/** A series as a plot with its key above and the same numbers as a table beneath. */
export function SeriesPlot({ section }: { section: Series & { plot: PlotView } }) {
  const { title, lines, plot, rows } = section;
  const first = rows[0]?.[0] ?? "";
  const last = rows.at(-1)?.[0] ?? "";
  return (
    <figure className="min-w-0 rounded-md border bg-surface px-4 py-3">
      <figcaption className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
        {lines.map((line, index) => (
          <span key={line} className="flex items-center gap-1.5">
            <KeyMark line={index} isPath={plot.paths.length > 0} />
            {line}
          </span>
        ))}
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <UpAxis plot={plot} />
        <svg
          role="img"
          aria-label={`${title}, from ${first} to ${last}: ${lines.join(", ")}. The table beneath has the numbers.`}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-50 w-full overflow-visible"
        >
          <Grid plot={plot} />
          <Shapes plot={plot} />
        </svg>
        <span />
        <AlongAxis plot={plot} />
      </div>
      <NumbersTable section={section} />
    </figure>
  );
}

function KeyMark({ line, isPath }: { line: number; isPath: boolean }) {
  const { fill, stroke, dashes } = lookOf(line);
  return (
    <svg aria-hidden viewBox="0 0 20 10" className="h-2.5 w-5">
      {isPath ? (
        <line x1="0" x2="20" y1="5" y2="5" className={stroke} strokeWidth="2.5" strokeDasharray={dashes} />
      ) : (
        <rect x="5" width="10" height="10" rx="2" className={fill} />
      )}
    </svg>
  );
}

function UpAxis({ plot }: { plot: PlotView }) {
  const longest = plot.up.reduce((most, { text }) => (text.length > most.length ? text : most), "");
  return (
    <div aria-hidden className="relative text-right text-xs text-ink-muted tabular-nums">
      <span className="invisible whitespace-nowrap">{longest}</span>
      {plot.up.map(({ place, text }) => (
        <span
          key={place}
          className="absolute right-0 translate-y-1/2 whitespace-nowrap"
          style={{ bottom: `${place * 100}%` }}
        >
          {text}
        </span>
      ))}
    </div>
  );
}

function AlongAxis({ plot }: { plot: PlotView }) {
  return (
    <div aria-hidden className="relative mt-1 h-4 overflow-hidden text-xs text-ink-muted tabular-nums">
      {plot.along.map(({ place, text }, index) => (
        <span
          key={text}
          // On a narrow screen every third date is enough.
          className={cx(
            "absolute whitespace-nowrap",
            shiftOf(place, index),
            index % 3 !== 0 && "max-sm:hidden",
          )}
          style={{ left: `${index === 0 ? 0 : place > NEAR_END ? 100 : place * 100}%` }}
        >
          {text}
        </span>
      ))}
    </div>
  );
}

/** So near the end a date would be cut. */
const NEAR_END = 0.9;

/** The first date begins where the plot does, the last ends there, and others stand in the middle below their place. */
function shiftOf(place: number, index: number): string | false {
  if (index === 0) return false;
  return place > NEAR_END ? "-translate-x-full" : "-translate-x-1/2";
}

function Grid({ plot }: { plot: PlotView }) {
  return plot.up.map(({ place }) => (
    <line
      key={place}
      x1="0"
      x2={WIDTH}
      y1={HEIGHT * (1 - place)}
      y2={HEIGHT * (1 - place)}
      className="stroke-line"
      strokeWidth="1"
      vectorEffect="non-scaling-stroke"
    />
  ));
}

function Shapes({ plot }: { plot: PlotView }) {
  return (
    <>
      {plot.columns.map(({ from, to, parts }) =>
        parts.map((part) => (
          <rect
            key={`${from}.${part.line}`}
            x={from * WIDTH}
            width={(to - from) * WIDTH}
            y={(1 - part.to) * HEIGHT}
            height={(part.to - part.from) * HEIGHT}
            className={`${lookOf(part.line).fill} stroke-surface`}
            strokeWidth="1"
            vectorEffect="non-scaling-stroke"
          />
        )),
      )}
      {plot.paths.map(({ line, points }) => (
        <polyline
          key={`${line}.${points[0]?.x}`}
          points={points
            .map(({ x, y }) => `${(x * WIDTH).toFixed(1)},${((1 - y) * HEIGHT).toFixed(1)}`)
            .join(" ")}
          fill="none"
          className={lookOf(line).stroke}
          strokeWidth="2"
          strokeDasharray={lookOf(line).dashes}
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </>
  );
}

function NumbersTable({ section }: { section: Series }) {
  return (
    <details className="mt-3 text-sm">
      <summary className="disclosure w-fit py-1">Show the numbers</summary>
      <Table label={`Numbers of ${section.title}`} sticky={1} className="mt-2 max-h-80">
        <thead>
          <tr>
            {section.head.map((title, index) => (
              <th key={title} scope="col" data-align={index === 0 ? undefined : "end"}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {section.rows.map(([at, ...values]) => (
            <tr key={at}>
              <th scope="row">{at}</th>
              {values.map((value, index) => (
                <td key={section.lines[index]} data-align="end">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
