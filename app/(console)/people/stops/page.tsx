import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Card } from "@/components/people/person-cards";
import { LiftForm, StopForm } from "@/components/people/stop-forms";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { listStops } from "@/lib/people/list-stops";
import type { StopLine } from "@/lib/people/view";
import { pageContext } from "@/lib/web/context";
import { lift, stop } from "../actions";

export const metadata: Metadata = { title: "Stop access" };

export default async function StopsPage() {
  const ctx = await pageContext("people");
  const { standing, lifted, choices, now } = await listStops(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "People", href: "/people" }, { label: "Stop access" }]} />
      <PageHeader
        title="Stop access"
        description="Ends at once what is open. Until an admin lifts the stop, nothing is asked for, opened, looked up, compared or exported."
      />
      <div className="grid gap-4">
        <Card title="Stop">
          <StopForm choices={choices} stop={stop} />
        </Card>
        <Card title="Stopped now">
          {standing.length === 0 ? (
            <p className="text-sm text-ink-muted">Nothing is stopped.</p>
          ) : (
            <ul className="grid gap-3">
              {standing.map((line) => (
                <li key={line.id} className="flex flex-wrap items-start gap-3">
                  <StopWords line={line} now={now} />
                  <LiftForm line={line} lift={lift} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        {lifted.length > 0 && (
          <Card title="Lifted last">
            <ul className="grid gap-3">
              {lifted.map((line) => (
                <li key={line.id}>
                  <StopWords line={line} now={now} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </Page>
  );
}

function StopWords({ line, now }: { line: StopLine; now: string }) {
  return (
    <div className="min-w-0 flex-[1_1_260px] text-sm wrap-anywhere">
      <p className="font-medium">{line.name}</p>
      <p>
        {line.setBy}, <RelativeTime at={line.setAt} now={now} />: <q>{line.words}</q>
      </p>
      {line.liftedAt !== null && (
        <p className="text-ink-muted">
          Lifted by {line.liftedBy}, <RelativeTime at={line.liftedAt} now={now} />: <q>{line.liftedWords}</q>
        </p>
      )}
    </div>
  );
}
