import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Bars } from "@/components/ui/bars";
import type { Risk, RiskGrade } from "@/lib/requests/view";

const grades: Record<RiskGrade, { words: string; tone: BadgeTone }> = {
  low: { words: "Low risk", tone: "muted" },
  medium: { words: "Medium risk", tone: "neutral" },
  high: { words: "High risk", tone: "danger" },
};

/** The grade of a risk in a word. */
export function RiskBadge({ grade }: { grade: RiskGrade }) {
  const { words, tone } = grades[grade];
  return <Badge tone={tone}>{words}</Badge>;
}

const fullBar = 45;

/** Why a request is as risky as it is: each reason with its points. */
export function RiskBars({ risk }: { risk: Risk }) {
  return (
    <section aria-label="Risk" className="grid content-start gap-2">
      <p className="flex items-center gap-2">
        <RiskBadge grade={risk.grade} />
        <span className="text-sm text-ink-muted">
          {risk.points} {risk.points === 1 ? "point" : "points"}
        </span>
      </p>
      <Bars
        label="What the risk is made of"
        full={fullBar}
        bars={risk.bars.map((bar) => ({ label: bar.words, points: bar.points }))}
      />
    </section>
  );
}
