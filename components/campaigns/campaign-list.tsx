import { Badge } from "@/components/ui/badge";
import { ProgressBar } from "@/components/ui/bars";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { CampaignLine } from "@/lib/campaigns/view";

/** Every campaign with how far it is. */
export function CampaignList({ lines, now }: { lines: readonly CampaignLine[]; now: string }) {
  return (
    <ul aria-label="Campaigns" className="rounded-md border bg-surface">
      {lines.map((line) => (
        <li key={line.id} className="grid gap-1.5 border-b px-4 py-3 last:border-0">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-semibold wrap-anywhere">
              <TextLink href={`/reviews/campaigns/${line.id}`}>{line.name}</TextLink>
            </h2>
            <CampaignState line={line} now={now} />
          </div>
          <CampaignProgress line={line} />
          <p className="text-sm text-ink-muted">
            Started by {line.startedBy}, <RelativeTime at={line.startedAt} now={now} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Whether a campaign runs, is overdue or over. */
export function CampaignState({ line, now }: { line: CampaignLine; now: string }) {
  if (line.endedAt !== null)
    return (
      <Badge tone={line.counts.open > 0 ? "danger" : "ok"}>
        Ended <RelativeTime at={line.endedAt} now={now} />
      </Badge>
    );
  return (
    <Badge tone={line.isDue ? "danger" : "accent"}>
      {line.isDue ? "Overdue, was due " : "Due "}
      <RelativeTime at={line.dueAt} now={now} />
    </Badge>
  );
}

/** How many people are decided, as a bar and in words. */
export function CampaignProgress({ line: { name, counts } }: { line: CampaignLine }) {
  const done = counts.people - counts.open;
  return (
    <div className="grid max-w-md gap-1">
      <ProgressBar label={`Progress of ${name}`} value={done} of={counts.people} />
      <p className="text-sm">
        {done.toLocaleString("en-US")} of {counts.people.toLocaleString("en-US")} people
        {[
          [counts.confirmed, "confirmed"],
          [counts.removed, "with something removed"],
          [counts.lapsed, "removed at the end"],
          [counts.left, "left before"],
          [counts.open, "not decided"],
        ]
          .filter(([count]) => count !== 0)
          .map(([count, what]) => ` · ${count} ${what}`)}
      </p>
    </div>
  );
}
