import type { HourView } from "@/lib/audit/view";

const WIDTH = 10;
const HEIGHT = 40;

/** Activity of the last 48 hours, a bar an hour; the part that was refused is drawn darker at the foot. */
export function HourStrip({ hours }: { hours: readonly HourView[] }) {
  const most = Math.max(1, ...hours.map((hour) => hour.count));
  const total = hours.reduce((sum, hour) => sum + hour.count, 0);
  const refused = hours.reduce((sum, hour) => sum + hour.refused, 0);
  const words = `${total.toLocaleString("en-US")} events in the last 48 hours, ${refused.toLocaleString("en-US")} refused or failed`;
  return (
    <figure className="min-w-0 rounded-md border bg-surface px-4 py-3">
      <figcaption className="mb-2 text-sm text-ink-muted">{words}</figcaption>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${hours.length * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-12 w-full"
      >
        {hours.map((hour, index) => (
          <Hour key={hour.hour} hour={hour} x={index * WIDTH} most={most} />
        ))}
      </svg>
      <div className="mt-1 flex justify-between text-xs text-ink-muted" aria-hidden>
        <span>48 hours ago</span>
        <span>24 hours ago</span>
        <span>now</span>
      </div>
    </figure>
  );
}

function Hour({ hour, x, most }: { hour: HourView; x: number; most: number }) {
  const height = hour.count === 0 ? 1 : Math.max(3, (hour.count / most) * HEIGHT);
  const refusedHeight = hour.count === 0 ? 0 : (hour.refused / hour.count) * height;
  return (
    <g>
      <title>{`${hour.hour.slice(5, 16).replace("T", " ")} UTC: ${hour.count} events, ${hour.refused} refused or failed`}</title>
      <rect
        x={x}
        y={HEIGHT - height}
        width={WIDTH - 2}
        height={height}
        className={hour.count === 0 ? "fill-line" : "fill-accent/60"}
      />
      <rect
        x={x}
        y={HEIGHT - refusedHeight}
        width={WIDTH - 2}
        height={refusedHeight}
        className="fill-danger"
      />
    </g>
  );
}
