import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { BeginDraft } from "@/components/policies/begin-draft";
import { classTitles } from "@/components/policies/class-titles";
import { PolicyWarnings } from "@/components/policies/policy-warnings";
import { RuleList } from "@/components/policies/rule-list";
import { VersionTable } from "@/components/policies/version-table";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { activeNumberOf, listPolicies, readPolicyVersion } from "@/lib/policies/list-policies";
import { nameMap, readPolicyNames } from "@/lib/policies/read-names";
import { readWatched } from "@/lib/requests/read-watched";
import { pageContext } from "@/lib/web/context";
import { beginDraft } from "./actions";

export const metadata: Metadata = { title: "Policies" };

export default async function PoliciesPage() {
  const ctx = await pageContext("policies");
  const [lines, names] = await Promise.all([listPolicies(ctx), readPolicyNames(ctx)]);
  const number = activeNumberOf(lines);
  const active = await readPolicyVersion(ctx, number);
  return (
    <Page>
      <PageHeader
        title="Policies"
        description="Which requests open at once, which people decide, and which never open. The first rule that matches decides."
        actions={
          <>
            <ButtonLink href="/policies/simulator">Simulate a request</ButtonLink>
            <ButtonLink href="/people/approvers">Approvers</ButtonLink>
            <BeginDraft basedOn={number} kind="new" action={beginDraft} />
          </>
        }
      />
      <section aria-labelledby="active" className="flex flex-col gap-3">
        <h2 id="active" className="text-lg font-semibold">
          What counts now: version {number}
        </h2>
        <PolicyWarnings warnings={active.warnings} />
        <RuleList
          policy={active.policy}
          names={nameMap(names)}
          titles={classTitles(names.classes)}
          watched={await readWatched(ctx, number)}
        />
      </section>
      <section aria-labelledby="versions" className="flex flex-col gap-3">
        <h2 id="versions" className="text-lg font-semibold">
          Versions
        </h2>
        <VersionTable
          lines={lines}
          activeNumber={number}
          now={new Date().toISOString()}
          back={(line) =>
            line.number !== number &&
            (line.state === "retired" || line.state === "built-in") && (
              <BeginDraft basedOn={line.number} kind="back" action={beginDraft} />
            )
          }
        />
      </section>
    </Page>
  );
}
