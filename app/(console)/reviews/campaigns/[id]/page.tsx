import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CampaignItems } from "@/components/campaigns/campaign-items";
import { CampaignProgress, CampaignState } from "@/components/campaigns/campaign-list";
import { CallOff } from "@/components/campaigns/call-off";
import { CloseCampaign } from "@/components/campaigns/close-campaign";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { rolesAllow } from "@/lib/auth/permissions";
import { readCampaign } from "@/lib/campaigns/read-campaign";
import type { CampaignView } from "@/lib/campaigns/view";
import { oneId } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { pageContext } from "@/lib/web/context";
import { callOff, close } from "../actions";

export const metadata: Metadata = { title: "Access review" };

export default async function CampaignPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageContext("campaigns");
  const id = oneId.safeParse((await params).id);
  if (!id.success) notFound();
  const campaign = await readCampaign(ctx, id.data).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
  const { now, isDue, endedAt, removesUndecided } = campaign;
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Access reviews", href: "/reviews/campaigns" }, { label: campaign.name }]} />
      <PageHeader
        title={campaign.name}
        beside={<CampaignState line={campaign} now={now} />}
        description={endWords(campaign)}
        actions={
          endedAt === null && (
            <>
              {isDue && !removesUndecided && (
                <CloseCampaign id={campaign.id} open={campaign.counts.open} close={close} />
              )}
              <CallOff id={campaign.id} name={campaign.name} callOff={callOff} />
            </>
          )
        }
      />
      <CampaignProgress line={campaign} />
      <p className="max-w-prose text-sm text-ink-muted">
        {campaign.scope}. Started by {campaign.startedBy}, <RelativeTime at={campaign.startedAt} now={now} />.{" "}
        {rolesAllow(ctx.actor.roles, "reports") && (
          <TextLink href={reportHref(campaign)}>The same as a report to hand over</TextLink>
        )}
      </p>
      <CampaignItems campaign={campaign} />
    </Page>
  );
}

const reportHref = ({ startedAt, endedAt, now }: CampaignView) =>
  `/reports/access-review?from=${startedAt.slice(0, 10)}&to=${(endedAt ?? now).slice(0, 10)}`;

function endWords({ removesUndecided, endedWhy, endedBy, endedWords, counts }: CampaignView): string {
  switch (endedWhy) {
    case "decided":
      return "Everybody was decided.";
    case "closed":
      return `Closed by ${endedBy ?? "somebody"}, with ${counts.open.toLocaleString("en-US")} not decided.`;
    case "called-off":
      return `Called off by ${endedBy ?? "somebody"}: “${endedWords ?? ""}”`;
    case "due":
      return "Its time was over, and what nobody had decided was removed.";
    case null:
      return removesUndecided
        ? "What nobody has decided at its end is removed by itself."
        : "What nobody has decided at its end is shown as overdue until it is, or somebody closes the campaign.";
  }
}
