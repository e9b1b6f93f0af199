/** How a destination of the log stands. Times in ISO 8601. */
export type ForwardView = {
  name: string;
  place: string;
  /** How many events it has not acknowledged, and since when the oldest of them waits. */
  behind: number;
  waitingSince: string | null;
  acknowledgedAt: string | null;
  trouble: string | null;
  failingSince: string | null;
  /** More than an hour behind. */
  alarm: boolean;
};
