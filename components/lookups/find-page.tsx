import { SearchX } from "lucide";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { FindAction, LookupColumn } from "@/lib/lookups/view";
import { FindForm } from "./find-form";

interface Props {
  table: {
    readonly id: string;
    readonly name: string;
    readonly path: string;
    readonly source: { readonly name: string; readonly slug: string };
  };
  columns: readonly LookupColumn[];
  action: FindAction;
}

/** Finds a record by a value that one knows and does not see. */
export function FindPage({ table, columns, action }: Props) {
  return (
    <Page>
      <Crumbs
        crumbs={[
          { label: "Browse", href: "/browse" },
          { label: table.source.name, href: `/browse#${table.source.slug}` },
          { label: table.name, href: table.path },
          { label: "Find a record" },
        ]}
      />
      <PageHeader
        title={`Find a record of ${table.name}`}
        description="By a value that somebody tells you. The record opens masked as always; you only learn that it is the one."
      />
      {columns.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title="Nothing here can be looked up"
          actions={
            <a href={table.path} data-soft="" className={buttonClass({})}>
              Back to {table.name}
            </a>
          }
        >
          The table has no masked column whose values are hopeless to guess, such as e-mail addresses.
        </EmptyState>
      ) : (
        <>
          <FindForm tableId={table.id} columns={columns} action={action} />
          <IndexHelp columns={columns} />
        </>
      )}
    </Page>
  );
}

function IndexHelp({ columns }: { columns: readonly LookupColumn[] }) {
  return (
    <details className="text-sm">
      <summary className="text-ink-muted">Lookups are slow?</summary>
      <p className="mt-2 max-w-prose text-ink-muted">
        Values are compared in their normal form, which a plain index does not serve. Whoever owns the table
        can add one that does:
      </p>
      <pre className="mt-2 overflow-x-auto rounded-md border bg-sunken p-3 text-xs">
        {columns.map(({ indexSql }) => indexSql).join("\n")}
      </pre>
    </details>
  );
}
