import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { SubstituteForm } from "@/components/people/absence-form";
import { AbsenceList } from "@/components/people/absence-list";
import { Card } from "@/components/people/person-cards";
import { PageHeader } from "@/components/ui/page-header";
import { readAbsence } from "@/lib/people/list-delegations";
import { pageContext } from "@/lib/web/context";
import { endAbsence, substitute } from "./actions";

export const metadata: Metadata = { title: "My absence" };

export default async function AbsencePage() {
  const ctx = await pageContext("decide");
  const { mine, forOthers, over, substitutes, timeZone, today, latest, now } = await readAbsence(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Settings", href: "/settings" }, { label: "My absence" }]} />
      <PageHeader
        title="My absence"
        description="While you are away, a substitute decides what waits for you. Both names stand on record in every decision."
      />
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card
          title="Who stands in for you"
          help="They have your seats and pass them on to nobody. What you decide yourself, they cannot decide too."
        >
          <AbsenceList
            lines={mine}
            now={now}
            empty="Nobody: what waits for you waits until you are back."
            end={{ action: endAbsence, label: "Take back" }}
          />
          {substitutes.length === 0 ? (
            <p className="text-sm text-ink-muted">There is no other approver who could stand in for you.</p>
          ) : (
            <SubstituteForm
              substitutes={substitutes}
              days={{ today, latest }}
              timeZone={timeZone}
              action={substitute}
            />
          )}
        </Card>
        <div className="grid gap-4">
          <Card
            title="For whom you stand in"
            help="Their requests are in your inbox, marked with their name."
          >
            <AbsenceList
              lines={forOthers}
              now={now}
              empty="For nobody."
              end={{ action: endAbsence, label: "Give back" }}
            />
          </Card>
          {over.length > 0 && (
            <Card title="Over">
              <AbsenceList lines={over} now={now} />
            </Card>
          )}
        </div>
      </div>
    </Page>
  );
}
