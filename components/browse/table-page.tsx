import { Download, RotateCw, TableProperties, UserSearch } from "lucide";
import type { ReactNode } from "react";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { RevealBanner, RevealProvider } from "@/components/reveals/on-demand";
import { Badge } from "@/components/ui/badge";
import { ButtonFace, buttonClass } from "@/components/ui/button";
import { Menu, MenuLabel } from "@/components/ui/popover";
import { EmptyState, ErrorState } from "@/components/ui/empty-state";
import type { SavedView, TablePageView } from "@/lib/browse/view";
import type { LiveGrant } from "@/lib/grants/view";
import type { RequestActions } from "@/lib/requests/view";
import type { RevealActions } from "@/lib/reveals/view";
import type { CellMarks } from "./cell-marks";
import { ChooseColumns } from "./choose-columns";
import { CopyLink } from "./copy-link";
import { DataGrid } from "./data-grid";
import { FilterBar } from "./filter-bar";
import { GridFooter } from "./grid-footer";
import { GridTools } from "./grid-tools";
import { RowHeight } from "./row-height";
import { ViewsMenu } from "./views-menu";

interface Props {
  view: TablePageView;
  marks: CellMarks;
  grants: readonly LiveGrant[];
  isComfortable: boolean;
  requestActions: RequestActions;
  revealActions: RevealActions;
  /** Whether records can be looked up by a masked value. */
  canFind: boolean;
  views: readonly SavedView[];
  /** What a view of this page would keep. */
  viewQuery: string;
  /** Comes after the rows. */
  total: ReactNode;
}

/** The page of a table: its frame stands whatever the source answers. */
export function TablePage({
  view,
  marks,
  grants,
  isComfortable,
  requestActions,
  revealActions,
  canFind,
  views,
  viewQuery,
  total,
}: Props) {
  const rows = view.ok ? view.grid.rows.length : 0;
  const page = (
    <div className="grid-page" data-rows={isComfortable ? "comfortable" : "dense"}>
      <TableHeader view={view} isComfortable={isComfortable} canFind={canFind}>
        <ViewsMenu path={`${view.path}/views`} query={viewQuery} views={views} />
      </TableHeader>
      <FilterBar
        path={view.path}
        keep={view.params}
        columns={view.columns}
        chips={view.chips}
        problems={view.problems}
        cleanHref={view.cleanHref}
        requestAllHref={view.requestAllHref}
      />
      {view.noRequests !== null && <p className="text-sm text-ink-muted">{view.noRequests}</p>}
      {grants.length > 0 && <RevealBanner />}
      {!view.ok && <TroubleState view={view} />}
      {view.ok && rows === 0 && <NoRows view={view} />}
      {view.ok && rows > 0 && <DataGrid grid={view.grid} marks={marks} pageKey={view.pageKey} />}
      {view.ok && (
        <GridFooter label={view.name} steps={view.steps} sizes={view.sizes}>
          {rows.toLocaleString("en-US")} {rows === 1 ? "record" : "records"}
          {total}
          {view.paging !== null && <span className="block text-xs">{view.paging}</span>}
        </GridFooter>
      )}
      <GridTools
        key={view.pageKey}
        tableId={view.tableId}
        tableLabel={view.name}
        columns={view.columns}
        pageKey={view.pageKey}
        actions={requestActions}
      />
    </div>
  );
  return (
    <Page width="fill">
      {grants.length === 0 ? (
        page
      ) : (
        <RevealProvider grants={grants} actions={revealActions}>
          {page}
        </RevealProvider>
      )}
    </Page>
  );
}

type HeaderProps = Pick<Props, "view" | "isComfortable" | "canFind"> & { children: ReactNode };

function TableHeader({ view, isComfortable, canFind, children }: HeaderProps) {
  const keep = view.params.filter(([name]) => name !== "cols");
  return (
    <header className="flex flex-wrap items-center gap-2">
      <Crumbs
        crumbs={[
          { label: "Browse", href: "/browse" },
          { label: view.source.name, href: `/browse#${view.source.slug}` },
          { label: view.name },
        ]}
      />
      <h1 className="text-lg font-semibold tracking-tight">{view.name}</h1>
      {view.kind !== "table" && <Badge tone="muted">{view.kind}</Badge>}
      {view.comment !== null && (
        <p className="min-w-0 truncate text-sm text-ink-muted max-md:hidden">{view.comment}</p>
      )}
      <div className="table-tools ml-auto flex flex-wrap items-center gap-1">
        {canFind && (
          <a
            href={`${view.path}/find`}
            data-soft=""
            className={buttonClass({ size: "sm" })}
            data-tip="By an e-mail address, a phone or an account number that somebody tells you"
          >
            <ButtonFace icon={UserSearch}>Find a record</ButtonFace>
          </a>
        )}
        {children}
        <RowHeight isComfortable={isComfortable} />
        <ChooseColumns
          path={view.path}
          keep={keep}
          all={view.allColumns}
          shown={view.columns.map(({ name }) => name)}
          isChosen={view.columnsChosen !== "none"}
        />
        <Menu
          id="export"
          label="Export"
          align="end"
          triggerClass={buttonClass({ size: "sm" })}
          trigger={<ButtonFace icon={Download}>Export</ButtonFace>}
        >
          <MenuLabel>Masked as shown, all pages, on record</MenuLabel>
          <a href={exportHref(view, "csv")} download data-followed>
            CSV, for spreadsheets
          </a>
          <a href={exportHref(view, "ndjson")} download data-followed>
            NDJSON, for programs
          </a>
        </Menu>
        <CopyLink />
      </div>
    </header>
  );
}

/** The same columns, filters and order; which page is open and how long it is has no part in it. */
function exportHref({ path, params }: TablePageView, format: "csv" | "ndjson"): string {
  const kept = params.filter(([name]) => name === "f" || name === "sort" || name === "cols");
  return `${path}/export?${new URLSearchParams([["format", format], ...kept.map(([name, value]) => [name, value])]).toString()}`;
}

function TroubleState({ view }: { view: Extract<TablePageView, { ok: false }> }) {
  return (
    <ErrorState
      title={view.trouble.what}
      actions={
        <>
          <a href={view.cleanHref} data-soft="" className={buttonClass({ icon: RotateCw })}>
            Try again
          </a>
          <a href={view.path} data-soft="" className={buttonClass({ variant: "quiet" })}>
            Show the table as it lies
          </a>
        </>
      }
    >
      {view.trouble.next}
    </ErrorState>
  );
}

function NoRows({ view }: { view: TablePageView }) {
  return (
    <EmptyState
      icon={TableProperties}
      title={view.chips.length > 0 ? "No record matches these filters" : "There are no records here"}
      actions={
        <a href={view.path} data-soft="" className={buttonClass({})}>
          {view.chips.length > 0 ? "Remove all filters" : "To the first page"}
        </a>
      }
    >
      {view.chips.length > 0 ? "Remove a filter to see more." : "The table is empty, or its rows have moved."}
    </EmptyState>
  );
}
