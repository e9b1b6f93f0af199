import { UserCheck } from "lucide";
import type { Metadata } from "next";
import { CampaignList } from "@/components/campaigns/campaign-list";
import { StartCampaign } from "@/components/campaigns/start-campaign";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listCampaigns, listSourceChoices } from "@/lib/campaigns/read-campaign";
import { roleChoices } from "@/lib/people/role";
import { pageContext } from "@/lib/web/context";
import { start } from "./actions";

export const metadata: Metadata = { title: "Access reviews" };

export default async function CampaignsPage() {
  const ctx = await pageContext("campaigns");
  const [{ lines, now }, sources] = await Promise.all([listCampaigns(ctx), listSourceChoices(ctx)]);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Access reviews" }]} />
      <PageHeader
        title="Access reviews"
        description="Campaigns in which managers confirm what their people may do, or remove it. Nobody confirms themselves."
        actions={
          <StartCampaign start={start} roles={roleChoices} sources={sources} today={now.slice(0, 10)} />
        }
      />
      {lines.length === 0 ? (
        <div className="rounded-md border bg-surface">
          <EmptyState icon={UserCheck} title="There was no campaign yet">
            Start one, for example each quarter: every manager gets a line for each of their people.
          </EmptyState>
        </div>
      ) : (
        <CampaignList lines={lines} now={now} />
      )}
    </Page>
  );
}
