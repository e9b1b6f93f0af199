import type { Section } from "@/lib/reports/report";
import type { ReportFrameView } from "@/lib/reports/view";

/** A report with all that it says of itself. */
export type MadeReport = ReportFrameView & {
  kindId: string;
  sections: readonly Section[];
  /** The signed checkpoint that covers it, and the key to check it with; null where the log is not signed. */
  note: string | null;
  verifierKey: string | null;
};
