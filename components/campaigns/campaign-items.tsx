import { Badge, type BadgeTone } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import type { CampaignItem, CampaignView } from "@/lib/campaigns/view";

/** What was decided of each person, by whom and when; those who wait come first. */
export function CampaignItems({ campaign }: { campaign: CampaignView }) {
  return (
    <>
      <Table label="People of this campaign" sticky={1}>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">State</th>
            <th scope="col">By, or waits for</th>
            <th scope="col">When</th>
            <th scope="col">Held at the start</th>
            <th scope="col">Removed</th>
            <th scope="col">Given since</th>
            <th scope="col">Words</th>
          </tr>
        </thead>
        <tbody>
          {campaign.items.map((item) => (
            <Line key={item.id} item={item} now={campaign.now} />
          ))}
        </tbody>
      </Table>
      {campaign.more && (
        <p className="text-sm text-ink-muted">
          Only the first {campaign.items.length} people are listed here; the report has all of them.
        </p>
      )}
    </>
  );
}

function Line({ item, now }: { item: CampaignItem; now: string }) {
  const { word, tone } = states[item.state];
  return (
    <tr>
      <th scope="row">{item.person}</th>
      <td>
        <Badge tone={tone}>{word}</Badge>
        {item.isLate && item.state !== "lapsed" && item.state !== "left" && " late"}
      </td>
      <td>{item.decidedBy ?? item.waitsFor ?? "–"}</td>
      <td>{item.decidedAt === null ? "–" : <RelativeTime at={item.decidedAt} now={now} />}</td>
      <td>{item.access}</td>
      <td>{item.removed ?? "–"}</td>
      <td>{item.givenSince ?? "–"}</td>
      <td>{item.words ?? "–"}</td>
    </tr>
  );
}

const states: Record<CampaignItem["state"], { word: string; tone: BadgeTone }> = {
  open: { word: "Not decided", tone: "neutral" },
  confirmed: { word: "Confirmed", tone: "ok" },
  removed: { word: "Removed", tone: "danger" },
  lapsed: { word: "Removed at the end", tone: "danger" },
  left: { word: "Left before", tone: "muted" },
};
