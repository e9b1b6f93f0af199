import { Refusal } from "@/lib/refusal";
import { SourceFailure, type SourceFailureCause } from "@/lib/source/failure";

const codes: Record<SourceFailureCause, Refusal["code"]> = {
  unreachable: "source-unreachable",
  "too-many-connections": "source-unreachable",
  timeout: "source-slow",
  cancelled: "source-slow",
  "table-gone": "source-failed",
  "column-gone": "source-failed",
  "no-right": "source-failed",
  "views-stale": "views-stale",
  "bad-value": "source-failed",
  "not-filled": "source-not-filled",
  other: "source-failed",
};

/** A failure of a source as a refusal with words; anything else as it came. */
export function sourceRefusal(error: unknown): unknown {
  return error instanceof SourceFailure ? new Refusal(codes[error.reason]) : error;
}
