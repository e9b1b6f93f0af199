import { Bookmark } from "lucide";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SavedView, ViewAction } from "@/lib/browse/view";
import { ViewForm } from "./view-form";

interface Props {
  table: {
    readonly id: string;
    readonly name: string;
    readonly path: string;
    readonly source: { readonly name: string; readonly slug: string };
  };
  views: readonly SavedView[];
  /** What is about to be saved: its address and its words. */
  wanted: { readonly query: string; readonly words: string } | null;
  /** The view that is about to be changed. */
  changing: SavedView | null;
  actions: { readonly keep: ViewAction; readonly change: ViewAction; readonly remove: ViewAction };
}

/** The saved views of a table: to save one, to rename, share and remove one's own. */
export function ViewsPage({ table, views, wanted, changing, actions }: Props) {
  return (
    <Page>
      <Crumbs
        crumbs={[
          { label: "Browse", href: "/browse" },
          { label: table.source.name, href: `/browse#${table.source.slug}` },
          { label: table.name, href: table.path },
          { label: "Views" },
        ]}
      />
      <PageHeader
        title={`Views of ${table.name}`}
        description="Filters, order and columns under a name. A view holds no rows: it shows what the table shows whoever opens it."
      />
      {changing !== null && (
        <ViewForm
          label={`Change the view ${changing.name}`}
          about={changing.words}
          hidden={["viewId", changing.id]}
          name={changing.name}
          shared={changing.shared}
          action={actions.change}
          submit="Save the change"
          backHref={`${table.path}/views`}
        />
      )}
      {changing === null && wanted !== null && (
        <ViewForm
          label="Save this view"
          about={wanted.words}
          hidden={["tableId", table.id]}
          query={wanted.query}
          action={actions.keep}
          submit="Save the view"
          backHref={table.path + wanted.query}
        />
      )}
      {/* One form around all: it stays to say how it went when a line of it goes. */}
      <ActionForm action={actions.remove} label="Saved views" className="grid gap-2">
        {views.length === 0 && wanted === null && <NoViews table={table} />}
        <ul className="grid max-w-3xl">
          {views.map((view) => (
            <ViewLine key={view.id} view={view} path={table.path} />
          ))}
        </ul>
      </ActionForm>
    </Page>
  );
}

function NoViews({ table }: Pick<Props, "table">) {
  return (
    <EmptyState
      icon={Bookmark}
      title="No view is saved yet"
      actions={
        <a href={table.path} data-soft="" className={buttonClass({})}>
          To {table.name}
        </a>
      }
    >
      Filter, sort or choose columns of the table, then choose <em>Save this view</em> under <em>Views</em>.
    </EmptyState>
  );
}

function ViewLine({ view, path }: { view: SavedView; path: string }) {
  const { id, name, href, words, leftOut, shared, owner } = view;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 last:border-0">
      <span className="min-w-0 flex-[1_1_240px]">
        <a href={href} data-soft="" className="font-medium break-words hover:underline">
          {name}
        </a>
        <span className="block text-sm break-words text-ink-muted">{words}</span>
        {leftOut.map((problem) => (
          <span key={problem} className="block text-sm text-ink-muted">
            Left out: {problem}
          </span>
        ))}
      </span>
      {owner !== null ? (
        <Badge tone="muted">Shared by {owner}</Badge>
      ) : (
        <>
          <Badge tone="muted">{shared ? "Shared" : "Only you"}</Badge>
          <a
            href={`${path}/views?change=${id}`}
            data-soft=""
            className={buttonClass({ size: "sm" })}
            aria-label={`Change ${name}`}
          >
            Change
          </a>
          <SubmitButton variant="secondary" size="sm" name="viewId" value={id}>
            Remove<span className="sr-only"> {name}</span>
          </SubmitButton>
        </>
      )}
    </li>
  );
}
