import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { classTitles } from "@/components/policies/class-titles";
import { differenceOf } from "@/components/policies/difference";
import { DifferenceList } from "@/components/policies/difference-list";
import { DraftDeeds } from "@/components/policies/draft-deeds";
import { PolicyEditor } from "@/components/policies/policy-editor";
import { PolicyWarnings } from "@/components/policies/policy-warnings";
import { ReplayTable } from "@/components/policies/replay-table";
import { RuleList } from "@/components/policies/rule-list";
import { ScenarioList } from "@/components/policies/scenario-list";
import { PolicyBadge } from "@/components/policies/version-table";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import type { Context } from "@/lib/auth/context";
import { activeNumberOf, listPolicies, readPolicyVersion } from "@/lib/policies/list-policies";
import { readPolicyChoices } from "@/lib/policies/read-choices";
import { nameMap } from "@/lib/policies/read-names";
import type { PolicyVersionView } from "@/lib/policies/view";
import { purposes } from "@/lib/requests/request";
import { Refusal } from "@/lib/refusal";
import { readWatched } from "@/lib/requests/read-watched";
import { pageContext } from "@/lib/web/context";
import { activate, replay, save, tryDraft } from "../actions";

export const metadata: Metadata = { title: "Policy" };

interface Props {
  params: Promise<{ version: string }>;
}

export default async function PolicyPage({ params }: Props) {
  const ctx = await pageContext("policies");
  const view = await versionOrNotFound(ctx, (await params).version);
  const [lines, choices] = await Promise.all([listPolicies(ctx), readPolicyChoices(ctx, purposes)]);
  const active = activeNumberOf(lines);
  const names = nameMap(choices);
  const titles = classTitles(choices.classes);
  const isDraft = view.whyNot.change === null;
  const against = view.number === active ? null : await readPolicyVersion(ctx, active);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Policies", href: "/policies" }, { label: `Version ${view.number}` }]} />
      <PageHeader
        title={`Version ${view.number}`}
        description={view.note}
        beside={<PolicyBadge state={view.state} counts={view.number === active} />}
        actions={
          <ButtonLink href={`/policies/simulator?version=${view.number}`}>Simulate a request</ButtonLink>
        }
      />
      <PolicyWarnings warnings={view.warnings} />
      {isDraft && <DraftDeeds view={view} tryDraft={tryDraft} activate={activate} />}
      {isDraft ? (
        <PolicyEditor view={view} choices={choices} save={save} />
      ) : (
        <RuleList
          policy={view.policy}
          names={names}
          titles={titles}
          watched={await readWatched(ctx, view.number)}
        />
      )}
      {against && (
        <DifferenceList all={differenceOf(against.policy, view.policy, names, titles)} against={active} />
      )}
      <ScenarioList lines={view.scenarios} />
      {against && <ReplayTable number={view.number} replay={replay} />}
    </Page>
  );
}

async function versionOrNotFound(ctx: Context, text: string): Promise<PolicyVersionView> {
  if (!/^[1-9]\d{0,8}$/.test(text)) notFound();
  try {
    return await readPolicyVersion(ctx, Number(text));
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") notFound();
    throw error;
  }
}
