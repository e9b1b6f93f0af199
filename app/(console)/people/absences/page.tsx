import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { AbsenceList } from "@/components/people/absence-list";
import { Card } from "@/components/people/person-cards";
import { PageHeader } from "@/components/ui/page-header";
import { listDelegations } from "@/lib/people/list-delegations";
import { pageContext } from "@/lib/web/context";
import { endAbsence } from "../../settings/absence/actions";

export const metadata: Metadata = { title: "Absences" };

export default async function AbsencesPage() {
  const ctx = await pageContext("people");
  const { open, over, now } = await listDelegations(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "People", href: "/people" }, { label: "Absences" }]} />
      <PageHeader
        title="Absences"
        description="Which approvers have a substitute, and for how long. They name them under Settings; an admin can end it at once."
      />
      <div className="grid gap-4">
        <Card title="Now and later">
          <AbsenceList
            lines={open}
            now={now}
            empty="No approver has a substitute."
            end={{ action: endAbsence, label: "End" }}
          />
        </Card>
        {over.length > 0 && (
          <Card title="Over">
            <AbsenceList lines={over} now={now} />
          </Card>
        )}
      </div>
    </Page>
  );
}
