import { Download } from "lucide";
import type { ReactNode } from "react";
import { Described, DescriptionList } from "@/components/ui/description-list";
import { ButtonLink } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import type { ReportView, SectionView } from "@/lib/reports/view";
import { SeriesPlot } from "./series-plot";

interface Props {
  report: ReportView;
  /** The address of a download of it, by the name of its file. */
  fileHref: (name: string) => string;
}

/** A report as a page: what it says of itself, then its parts, with downloads of all and of each table. */
export function ReportPage({ report, fileHref }: Props) {
  return (
    <article aria-label={report.title} className="grid gap-8">
      <header className="flex flex-wrap items-start justify-between gap-4 rounded-md border bg-surface px-4 py-3">
        <DescriptionList className="min-w-0">
          {report.filters.map(([label, text]) => (
            <Described key={label} term={label}>
              {text}
            </Described>
          ))}
          <Described term="Made">
            <time dateTime={report.madeAt}>{report.madeAt.slice(0, 19).replace("T", " ")} UTC</time> by{" "}
            {report.madeBy}
          </Described>
          <Described term="Covers">
            the first {report.logSize.toLocaleString("en-US")} events of the log
          </Described>
        </DescriptionList>
        <div className="flex flex-wrap gap-2">
          <ButtonLink variant="primary" icon={Download} href={fileHref("report.pdf")} download data-followed>
            PDF
          </ButtonLink>
          <ButtonLink icon={Download} href={fileHref("report.ndjson")} download data-followed>
            NDJSON
          </ButtonLink>
        </div>
      </header>
      {report.sections.map((section) => (
        <Section key={section.title} section={section} fileHref={fileHref} />
      ))}
    </article>
  );
}

function Section({ section, fileHref }: { section: SectionView; fileHref: Props["fileHref"] }) {
  switch (section.kind) {
    case "text":
      return (
        <Titled title={section.title}>
          <div className="grid max-w-prose gap-2 text-sm text-ink-muted">
            {section.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        </Titled>
      );
    case "numbers":
      return (
        <Titled {...section}>
          <Figures figures={section.figures} />
        </Titled>
      );
    case "bars":
      return (
        <Titled {...section}>
          {section.bars.length === 0 ? <Nothing>{section.empty}</Nothing> : <BarList {...section} />}
        </Titled>
      );
    case "series":
      return (
        <Titled {...section} actions={section.plot && <CsvLink of={section} fileHref={fileHref} />}>
          {section.plot === null ? (
            <Nothing>{section.empty}</Nothing>
          ) : (
            <SeriesPlot section={{ ...section, plot: section.plot }} />
          )}
        </Titled>
      );
    case "table":
      return <TableSection section={section} fileHref={fileHref} />;
  }
}

interface TitledProps {
  title: string;
  intro?: string;
  actions?: ReactNode;
  children: ReactNode;
}

function Titled({ title, intro, actions, children }: TitledProps) {
  return (
    <section aria-label={title} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div>
          <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
          {intro && <p className="max-w-prose text-sm text-ink-muted">{intro}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

type CsvProps = { of: { id: string; title: string }; fileHref: Props["fileHref"] };

function CsvLink({ of: { id, title }, fileHref }: CsvProps) {
  return (
    <ButtonLink
      size="sm"
      variant="quiet"
      icon={Download}
      href={fileHref(`${id}.csv`)}
      download
      data-followed
      aria-label={`CSV of ${title}`}
    >
      CSV
    </ButtonLink>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="rounded-md border border-dashed px-4 py-3 text-sm text-ink-muted">{children}</p>;
}

function Figures({ figures }: { figures: Extract<SectionView, { kind: "numbers" }>["figures"] }) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-md border bg-surface md:grid-cols-4">
      {figures.map(({ label, text, note }) => (
        <div key={label} className="-mr-px -mb-px flex flex-col border-r border-b px-4 py-3">
          <dt className="text-sm text-ink-muted">{label}</dt>
          <dd className="mt-1 text-xl font-semibold tabular-nums">{text}</dd>
          {note && <dd className="text-xs text-ink-muted">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

function BarList({ title, bars }: Extract<SectionView, { kind: "bars" }>) {
  return (
    <ul aria-label={title} className="grid gap-2 rounded-md border bg-surface px-4 py-3 text-sm">
      {bars.map(({ label, text, share, note }) => (
        <li
          key={label}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,2fr)_3fr_5rem]"
        >
          <span className="min-w-0">
            <span className="block truncate" title={label}>
              {label}
            </span>
            {note && <span className="block text-xs text-ink-muted">{note}</span>}
          </span>
          <svg
            aria-hidden
            viewBox="0 0 100 4"
            preserveAspectRatio="none"
            className="order-last col-span-2 h-2 w-full rounded-sm bg-hover sm:order-none sm:col-span-1"
          >
            <rect width={share * 100} height="4" className="fill-plot-1" />
          </svg>
          <span className="text-right tabular-nums">{text}</span>
        </li>
      ))}
    </ul>
  );
}

type TableProps = { section: Extract<SectionView, { kind: "table" }>; fileHref: Props["fileHref"] };

function TableSection({ section, fileHref }: TableProps) {
  const { columns, rows, more, empty } = section;
  if (rows.length === 0)
    return (
      <Titled {...section}>
        <Nothing>{empty}</Nothing>
      </Titled>
    );
  return (
    <Titled {...section} actions={<CsvLink of={section} fileHref={fileHref} />}>
      <Table label={`Rows of ${section.title}`} sticky={1} className="max-h-128">
        <thead>
          <tr>
            {columns.map(({ title, isAmount }) => (
              <th key={title} scope="col" data-align={isAmount ? "end" : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column, at) => (
                <Cell key={column.title} column={column} text={row[at] ?? ""} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {more && (
        <p className="mt-2 text-sm text-ink-muted">
          These are the first {rows.length.toLocaleString("en-US")}. The CSV has all of them.
        </p>
      )}
    </Titled>
  );
}

function Cell({ column, text }: { column: TableProps["section"]["columns"][number]; text: string }) {
  const wraps = !column.isAmount && !column.isMoment;
  return (
    <td
      data-align={column.isAmount ? "end" : undefined}
      className={wraps ? "min-w-32 py-1.5 wrap-break-word whitespace-normal" : "tabular-nums"}
    >
      {text}
    </td>
  );
}
