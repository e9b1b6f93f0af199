import { Scale } from "lucide";
import type { Metadata } from "next";
import { PresetForm } from "@/components/catalog/preset-form";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { planPreset } from "@/lib/catalog/apply-preset";
import { presets } from "@/lib/catalog/presets";
import { pageContext } from "@/lib/web/context";
import { maskByPreset, undo } from "../../actions";
import { sourceOrNotFound } from "../source-or-not-found";

export const metadata: Metadata = { title: "Mask by a rule book" };

type Props = {
  params: Promise<{ source: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function PresetPage({ params, searchParams }: Props) {
  const ctx = await pageContext("catalog");
  const { source } = await sourceOrNotFound(ctx, (await params).source);
  const { by } = await searchParams;
  const preset = presets.find(({ id }) => id === by) ?? presets[0];
  const plan = preset && (await planPreset(ctx, source.id, preset));
  const hrefOf = (id: string) => `/catalog/${source.slug}/preset?by=${id}`;
  return (
    <Page>
      <Crumbs
        crumbs={[
          { label: "Catalogue", href: "/catalog" },
          { label: source.name, href: `/catalog/${source.slug}` },
          { label: "Mask by a rule book" },
        ]}
      />
      <PageHeader
        title={`Mask ${source.name} by a rule book`}
        description="A rule book says how the classes it speaks of are masked. Confirmed columns alone are changed; what waits for a review stays hidden until then."
      />
      <Tabs
        label="Rule books"
        tabs={presets.map(({ id, title }) => ({ href: hrefOf(id), label: title }))}
        current={hrefOf(preset?.id ?? "")}
      />
      {preset && <p className="max-w-prose text-sm text-ink-muted">{preset.says}</p>}
      {preset && plan && plan.changes.length > 0 && (
        <PresetForm
          // What was ticked for one rule book, or before something changed, is no answer for another.
          key={`${preset.id} ${plan.changes.map(({ id, version }) => `${id}${version}`).join()}`}
          sourceId={source.id}
          preset={preset}
          plan={plan}
          apply={maskByPreset}
          undo={undo}
        />
      )}
      {plan?.changes.length === 0 && (
        <EmptyState icon={Scale} title="Nothing would change.">
          {source.counts.confirmed === 0
            ? "No column of this source is confirmed yet. Review its tables first."
            : `${preset?.title} is kept by every confirmed column that it speaks of, or it speaks of none.`}
        </EmptyState>
      )}
    </Page>
  );
}
