import type { Cell, CellKind, Column } from "@/lib/reports/view";

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** A cell as people read it: moments in UTC to the second, spans in their two largest units, shares in percent. */
export function cellText(kind: CellKind, cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return kind === "instant" ? momentText(cell) : cell;
  if (kind === "duration") return durationText(cell);
  if (kind === "share") return `${trimmed(cell * 100)} %`;
  return kind === "number" ? trimmed(cell) : String(cell);
}

/** A cell as programs read it: ISO 8601, seconds, shares of 1; empty where there is nothing. */
export function cellValue(kind: CellKind, cell: Cell): string | null {
  if (cell === null || typeof cell === "string") return cell;
  if (kind === "share") return String(Math.round(cell * 10_000) / 10_000);
  return String(kind === "duration" ? Math.round(cell * 1_000) / 1_000 : cell);
}

/** The title of a column; moments say their zone. */
export const columnTitle = ({ title, kind }: Column): string =>
  kind === "instant" ? `${title} (UTC)` : title;

/** "2026-11-28 14:03:12". */
export const momentText = (iso: string): string => iso.slice(0, 19).replace("T", " ");

/** "4.2 s", "45 s", "3 min 20 s", "1 h 30 min", "2 days 4 h". */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return two(Math.floor(whole / MINUTE), "min", whole % MINUTE, "s");
  const minutes = Math.round(whole / MINUTE);
  if (minutes * MINUTE < DAY) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(whole / HOUR);
  const days = Math.floor(hours / 24);
  return two(days, days === 1 ? "day" : "days", hours % 24, "h");
}

const two = (large: number, unit: string, small: number, smallUnit: string) =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;

const trimmed = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });
