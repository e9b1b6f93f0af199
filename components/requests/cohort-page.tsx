import { ListFilter } from "lucide";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { FieldChoice, RequestActions } from "@/lib/requests/view";
import { CohortSheet } from "./cohort-sheet";

interface Props {
  table: {
    readonly id: string;
    readonly name: string;
    readonly path: string;
    readonly source: { readonly name: string; readonly slug: string };
  };
  /** The table as it was filtered. */
  backHref: string;
  /** The filters in words; null where nothing can be asked for by them. */
  words: string | null;
  fields: readonly FieldChoice[];
  actions: RequestActions;
}

/** Asks for fields of all records that match the filters of a table, frozen when the request is sent. */
export function CohortPage({ table, backHref, words, fields, actions }: Props) {
  const canAsk = words !== null && fields.some((field) => !field.neverOpens);
  return (
    <Page>
      <Crumbs
        crumbs={[
          { label: "Browse", href: "/browse" },
          { label: table.source.name, href: `/browse#${table.source.slug}` },
          { label: table.name, href: table.path },
          { label: "Request for all that match" },
        ]}
      />
      <PageHeader
        title={`Request for all of ${table.name} that match`}
        description="For at most 500 records. Which they are is settled when you send the request: one that matches later is not among them."
      />
      {canAsk ? (
        <>
          <p className="text-sm">
            Records where <strong className="font-semibold">{words}</strong>.{" "}
            <TextLink href={backHref}>Back to the table</TextLink>
          </p>
          <CohortSheet
            tableId={table.id}
            tableLabel={table.name}
            words={words}
            fields={fields}
            actions={actions}
            backHref={backHref}
          />
        </>
      ) : (
        <EmptyState
          icon={ListFilter}
          title="Nothing can be asked for in this way"
          actions={
            <a href={backHref} data-soft="" className={buttonClass({})}>
              Back to {table.name}
            </a>
          }
        >
          It takes a table with a key, a field that is masked, and at least one filter on a clear column that
          fits the table.
        </EmptyState>
      )}
    </Page>
  );
}
