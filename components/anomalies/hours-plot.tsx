import type { HoursView } from "@/lib/anomalies/view";
import { Numbers } from "./usual-plot";

const BAR = 14;
const HEIGHT = 72;

/** The hours of the person's day: how often there was work at each before, and what was done on the day of the case. */
export function HoursPlot({ hours }: { hours: HoursView }) {
  const { zone, days, worked, deeds } = hours;
  const most = Math.max(1, ...deeds);
  const busy = deeds.flatMap((count, hour) => (count > 0 ? [`${clock(hour)}: ${count}`] : []));
  const words = `Deeds by the hour (${zone}): ${busy.join(", ")}. Behind each, on how many of ${days} days of that kind there was work.`;
  return (
    <figure className="min-w-0 rounded-md border bg-surface px-4 py-3">
      <figcaption className="mb-2 text-sm">
        <span className="font-medium">By the hour</span>{" "}
        <span className="text-ink-muted">
          red is the day; behind it, how many of {days} days of work saw that hour ({zone})
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${24 * BAR} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-20 w-full"
      >
        {worked.map((count, hour) => {
          const usual = days === 0 ? 0 : (count / days) * HEIGHT;
          const height = ((deeds[hour] ?? 0) / most) * HEIGHT;
          return (
            <g key={hour}>
              <title>{`${clock(hour)}: ${deeds[hour] ?? 0} on the day, work on ${count} of ${days} days`}</title>
              <rect
                x={hour * BAR}
                y={HEIGHT - usual}
                width={BAR - 2}
                height={Math.max(1, usual)}
                className="fill-accent/25"
              />
              <rect
                x={hour * BAR + 4}
                y={HEIGHT - height}
                width={BAR - 10}
                height={height}
                className="fill-danger"
              />
            </g>
          );
        })}
      </svg>
      <div className="mt-1 flex justify-between text-xs text-ink-muted" aria-hidden>
        <span>0:00</span>
        <span>6:00</span>
        <span>12:00</span>
        <span>18:00</span>
        <span>24:00</span>
      </div>
      <Numbers
        head={["Hour", "On the day", "Days with work"]}
        rows={worked.map((count, hour) => [clock(hour), String(deeds[hour] ?? 0), `${count} of ${days}`])}
      />
    </figure>
  );
}

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
