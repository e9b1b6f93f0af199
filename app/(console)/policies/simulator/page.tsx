import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Simulator } from "@/components/policies/simulator";
import { PageHeader } from "@/components/ui/page-header";
import type { Context } from "@/lib/auth/context";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { activeNumberOf, listPolicies, readDraftChoices } from "@/lib/policies/list-policies";
import { readPolicyChoices, readRequesters } from "@/lib/policies/read-choices";
import type { RequestSignals } from "@/lib/policies/view";
import { Refusal } from "@/lib/refusal";
import { readPastSignals } from "@/lib/requests/read-past-signals";
import { purposes } from "@/lib/requests/request";
import { pageContext } from "@/lib/web/context";
import { keep, simulate } from "../actions";

export const metadata: Metadata = { title: "Simulate a request" };

interface Props {
  searchParams: Promise<{ version?: string | string[]; request?: string | string[] }>;
}

export default async function SimulatorPage({ searchParams }: Props) {
  const ctx = await pageContext("policies");
  const wanted = await searchParams;
  const [lines, choices, people, drafts] = await Promise.all([
    listPolicies(ctx),
    readPolicyChoices(ctx, purposes),
    readRequesters(ctx),
    readDraftChoices(ctx),
  ]);
  const active = activeNumberOf(lines);
  const version = numberOf(wanted.version) ?? active;
  if (!lines.some((line) => line.number === version)) notFound();
  const past = numberOf(wanted.request);
  const given = past === null ? beginning(choices.tables) : await signalsOf(ctx, past);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Policies", href: "/policies" }, { label: "Simulate a request" }]} />
      <PageHeader
        title="Simulate a request"
        description={
          past === null
            ? "Put a request together and see what each rule says of it, and why. Nothing is sent."
            : `What was known of request ${past} when it was sent, without who asked and why. Nothing is sent.`
        }
      />
      <Simulator
        key={`${version} ${past}`}
        given={given}
        past={past}
        version={version}
        versions={lines.map(({ number, note }) => ({
          id: String(number),
          words: `Version ${number}${number === active ? ", which counts now" : `: ${note}`}`,
        }))}
        choices={choices}
        people={people}
        drafts={drafts}
        actions={{ simulate, keep }}
      />
    </Page>
  );
}

/** A calm request to begin with, of a table that there is: of customers, where some are called so. */
function beginning(tables: readonly RequestSignals["table"][]): RequestSignals {
  const [first] = defaultPolicy.scenarios;
  if (!first) throw new Error("The built-in policy has no scenario.");
  const { given } = first;
  const { source, schema, name } =
    tables.find((table) => table.name === given.table.name) ?? tables[0] ?? given.table;
  return { ...given, table: { source, schema, name } };
}

async function signalsOf(ctx: Context, number: number): Promise<RequestSignals> {
  try {
    return await readPastSignals(ctx, number);
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") notFound();
    throw error;
  }
}

function numberOf(text: string | string[] | undefined): number | null {
  return typeof text === "string" && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
