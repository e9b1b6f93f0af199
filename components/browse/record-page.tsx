import { FileQuestionMark } from "lucide";
import type { ReactNode } from "react";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { RevealCell } from "@/components/reveals/on-demand";
import { RevealBanner, RevealProvider } from "@/components/reveals/on-demand";
import { buttonClass, ButtonLink } from "@/components/ui/button";
import { EmptyState, ErrorState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { RecordField, RecordView, Trouble } from "@/lib/browse/view";
import type { LiveGrant } from "@/lib/grants/view";
import type { CheckableField, CheckAction } from "@/lib/lookups/view";
import type { RequestActions } from "@/lib/requests/view";
import type { RevealActions } from "@/lib/reveals/view";
import type { CellMark } from "./cell-marks";
import { RecordTools } from "./record-tools";
import { SensitivityGlyph } from "./sensitivity-glyph";

interface Props {
  view: RecordView;
  marks: ReadonlyMap<string, CellMark> | undefined;
  grants: readonly LiveGrant[];
  requestActions: RequestActions;
  revealActions: RevealActions;
  /** The fields that can be compared with what somebody says. */
  checks: readonly CheckableField[];
  checkAction: CheckAction;
  /** Where those who may read reports see who was shown this record; null for everybody else. */
  seenHref: string | null;
  /** The relation that is shown. */
  current: string | null;
  related: ReactNode;
}

/** All fields of one record in groups, and below them the records that it belongs to and that belong to it. */
export function RecordPage({
  view,
  marks,
  grants,
  requestActions,
  revealActions,
  checks,
  checkAction,
  seenHref,
  current,
  related,
}: Props) {
  const page = (
    <>
      <Crumbs
        crumbs={[
          { label: "Browse", href: "/browse" },
          { label: view.source.name, href: `/browse#${view.source.slug}` },
          { label: view.tableName, href: view.tablePath },
          { label: view.label },
        ]}
      />
      <PageHeader
        title={`${view.tableName} ${view.label}`}
        actions={
          <>
            {seenHref !== null && <ButtonLink href={seenHref}>Who has seen this record?</ButtonLink>}
            <RecordTools
              tableId={view.tableId}
              tableLabel={view.tableName}
              record={view.handle}
              columns={view.groups.flatMap(({ fields }) => fields.map(({ column }) => column))}
              actions={requestActions}
              checks={checks}
              checkAction={checkAction}
            />
          </>
        }
      />
      {grants.length > 0 && <RevealBanner />}
      <div id="record" className="record-groups">
        {view.groups.map(({ title, fields }) => (
          <section key={title} aria-label={title} className="overflow-hidden rounded-md border bg-surface">
            <h2 className="border-b bg-sunken px-3 py-1.5 text-sm font-semibold">{title}</h2>
            <table className="record" aria-label={title}>
              <tbody>
                {fields.map((field) => (
                  <FieldRow
                    key={field.column.id}
                    field={field}
                    record={view.handle}
                    mark={marks?.get(field.column.id)}
                  />
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
      {view.relations.length > 0 && (
        <section aria-labelledby="related" className="grid gap-3">
          <h2 id="related" className="text-lg font-semibold">
            Related records
          </h2>
          <RelationTabs view={view} current={current} />
          {related}
        </section>
      )}
    </>
  );
  return (
    <Page width="full">
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

/** Each tab has an address, and the page stays where it is. */
function RelationTabs({ view, current }: Pick<Props, "view" | "current">) {
  return (
    <nav aria-label="Related records" className="record-tabs">
      {view.relations.map(({ id, label, note }) => (
        <a
          key={id}
          href={`${view.path}?related=${encodeURIComponent(id)}`}
          data-soft="keep"
          data-tip={note}
          aria-current={id === current ? "true" : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

function FieldRow({
  field,
  record,
  mark,
}: {
  field: RecordField;
  record: string;
  mark: CellMark | undefined;
}) {
  const { column } = field;
  const canAsk = column.field !== null && !column.field.neverOpens;
  const tip = column.look === "clear" ? undefined : `${column.classTitle}. ${column.method} ${column.why}`;
  return (
    <tr>
      <th scope="row">
        <label className="flex min-h-6 items-start gap-2">
          {canAsk && (
            <input
              type="checkbox"
              className="check mt-1"
              data-field={column.id}
              aria-label={`Select ${column.name}`}
            />
          )}
          <span className="min-w-0 py-[3px]">{column.name}</span>
          {column.sensitivity !== null && (
            <span className="flex h-6 shrink-0 items-center" data-tip={column.classTitle}>
              <SensitivityGlyph column={column} />
            </span>
          )}
        </label>
      </th>
      {mark?.state === "granted" ? (
        <RevealCell grantId={mark.grantId} record={record} columnId={column.id}>
          {field.text}
        </RevealCell>
      ) : (
        <td {...veilOf(field, mark)} data-tip={tip}>
          {field.href === null || field.text === null ? (
            field.text
          ) : (
            <a
              href={field.href}
              data-soft=""
              className="text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent"
            >
              {field.text}
            </a>
          )}
        </td>
      )}
    </tr>
  );
}

function veilOf({ column, text }: RecordField, mark: CellMark | undefined) {
  const veil = column.look === "clear" ? {} : { "data-veil": mark === undefined ? column.look : "asked" };
  if (column.look === "hidden") return veil;
  if (text === null) return { ...veil, "data-empty": "null" };
  return text === "" ? { ...veil, "data-empty": "text" } : veil;
}

interface GoneProps {
  tableName: string;
  tablePath: string;
  trouble: Trouble | null;
}

/** Stands where a record would be that is not there, or that the source did not give. */
export function RecordGone({ tableName, tablePath, trouble }: GoneProps) {
  const back = (
    <a href={tablePath} data-soft="" className={buttonClass({})}>
      Back to {tableName}
    </a>
  );
  return (
    <Page>
      <Crumbs
        crumbs={[
          { label: "Browse", href: "/browse" },
          { label: tableName, href: tablePath },
          { label: "Record" },
        ]}
      />
      {trouble === null ? (
        <EmptyState isPage icon={FileQuestionMark} title="There is no such record" actions={back}>
          It may have been deleted in the source, or the address is not complete.
        </EmptyState>
      ) : (
        <ErrorState isPage title={trouble.what} actions={back}>
          {trouble.next}
        </ErrorState>
      )}
    </Page>
  );
}
