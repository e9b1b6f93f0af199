import { Badge } from "@/components/ui/badge";
import type { CaseState } from "@/lib/anomalies/view";

const words = {
  open: ["Waits for a judgement", "neutral"],
  explained: ["Explained", "ok"],
  misuse: ["Misuse", "danger"],
} as const;

/** Where a case stands, in a word. */
export function CaseStateBadge({ state }: { state: CaseState }) {
  const [word, tone] = words[state];
  return <Badge tone={tone}>{word}</Badge>;
}
