import type { PlotView } from "@/lib/anomalies/view";

const BAR = 6;
const HEIGHT = 72;

/** Eight weeks by the day: a band for what is usual, a bar a day, the day of the case marked and with its number. */
export function UsualPlot({ plot }: { plot: PlotView }) {
  const { title, low, high, days } = plot;
  const most = Math.max(1, high, ...days.map(({ value }) => value));
  const it = days.find(({ isIt }) => isIt);
  const y = (value: number) => HEIGHT - (value / most) * HEIGHT;
  const told = `${count(it?.value ?? 0)} on the day, ${usually(low, high)}`;
  const words = `${title}: ${told}`;
  return (
    <figure className="min-w-0 rounded-md border bg-surface px-4 py-3">
      <figcaption className="mb-2 text-sm">
        <span className="font-medium">{title}</span> <span className="text-ink-muted">{told}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${days.length * BAR} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-20 w-full"
      >
        <rect
          x={0}
          y={y(high)}
          width={days.length * BAR}
          height={Math.max(1, y(low) - y(high))}
          className="fill-accent/15"
        />
        {days.map(({ day, value, isIt }, at) => {
          const height = value === 0 ? 1 : Math.max(2, HEIGHT - y(value));
          return (
            <rect
              key={day}
              x={at * BAR + 1}
              y={HEIGHT - height}
              width={BAR - 2}
              height={height}
              className={isIt ? "fill-danger" : value === 0 ? "fill-line" : "fill-accent/60"}
            >
              <title>{`${day}: ${count(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="mt-1 flex justify-between text-xs text-ink-muted" aria-hidden>
        <span>8 weeks before</span>
        <span>the day</span>
      </div>
      <Numbers head={["Day", title]} rows={days.map(({ day, value }) => [day, count(value)])} />
    </figure>
  );
}

/** The numbers of a plot, for whoever cannot see it or wants them. */
export function Numbers({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <details className="mt-2 text-xs">
      <summary className="disclosure py-1">The numbers</summary>
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={`Numbers: ${head.at(-1)}`}
        className="max-h-48 overflow-y-auto"
      >
        <table className="w-full tabular-nums">
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col" className="py-1 text-left font-medium text-ink-muted">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr key={first}>
                <th scope="row" className="text-left font-normal">
                  {first}
                </th>
                {rest.map((text, at) => (
                  <td key={at}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Of somebody without a past too: there was none of it before. */
const usually = (low: number, high: number) =>
  Math.round(high) === 0 ? "usually none" : `usually ${count(low)} to ${count(high)}`;

const count = (value: number) => Math.round(value).toLocaleString("en-US");
