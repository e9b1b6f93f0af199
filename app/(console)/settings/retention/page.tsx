import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Card } from "@/components/people/person-cards";
import { HoldForm, HoldSteps } from "@/components/retention/hold-forms";
import { HoldWords, PeriodWords, PreviewWords } from "@/components/retention/retention-words";
import { DecideForm, PeriodForm } from "@/components/retention/period-forms";
import { PageHeader } from "@/components/ui/page-header";
import { readRetention } from "@/lib/retention/read-retention";
import type { RetentionView } from "@/lib/retention/view";
import { pageContext } from "@/lib/web/context";
import { askToLift, confirmRetention, dropRetention, hold, lift, setRetention } from "./actions";

export const metadata: Metadata = { title: "Retention" };

export default async function RetentionPage() {
  const ctx = await pageContext("retention");
  const view = await readRetention(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Settings", href: "/settings" }, { label: "Retention" }]} />
      <PageHeader
        title="Retention"
        description="How long entries of the audit log are kept, and what is kept beyond that. Of a pruned entry its number and hash stay, so that every proof still holds."
      />
      <div className="grid gap-4">
        <PeriodCards view={view} />
        <HoldCards view={view} />
      </div>
    </Page>
  );
}

function PeriodCards({ view }: { view: RetentionView }) {
  const { inForce, waiting, now } = view;
  return (
    <>
      <Card title="In force">
        {inForce ? (
          <PeriodWords period={inForce} now={now} />
        ) : (
          <p className="text-sm">Everything is kept for ever.</p>
        )}
        {inForce && inForce.days !== null && <PreviewWords preview={view.preview} />}
        {view.pruned > 0 && (
          <p className="text-sm text-ink-muted">
            {`${view.pruned.toLocaleString("en-US")} entries were pruned so far; audit.pruned in the log says which.`}
          </p>
        )}
      </Card>
      {waiting && (
        <Card title="Waits for a second person">
          <PeriodWords period={waiting} now={now} />
          {waiting.days !== null && <PreviewWords preview={waiting.preview} />}
          <DecideForm
            id={waiting.id}
            cannot={waiting.cannot}
            confirm={confirmRetention}
            drop={dropRetention}
          />
        </Card>
      )}
      {view.maySet && (
        <Card title="Set another period">
          <PeriodForm action={setRetention} />
        </Card>
      )}
    </>
  );
}

function HoldCards({ view }: { view: RetentionView }) {
  const { holds, lifted, now } = view;
  return (
    <>
      <Card title="Legal holds">
        {holds.length === 0 ? (
          <p className="text-sm text-ink-muted">Nothing is held.</p>
        ) : (
          <ul className="grid gap-3">
            {holds.map((line) => (
              <li key={line.id} className="flex flex-wrap items-start gap-3">
                <HoldWords hold={line} now={now} />
                <HoldSteps hold={line} mayAsk={view.mayHold} ask={askToLift} lift={lift} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      {view.mayHold && (
        <Card title="Place a hold" help="Nothing of what it names is pruned until two people have lifted it.">
          <HoldForm people={view.people} sources={view.sources} action={hold} />
        </Card>
      )}
      {lifted.length > 0 && (
        <Card title="Lifted last">
          <ul className="grid gap-3">
            {lifted.map((line) => (
              <li key={line.id}>
                <HoldWords hold={line} now={now} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
