import { Fragment, type ReactNode } from "react";
import { Table } from "@/components/ui/table";
import type { Sample, SampleCell, SampleColumn, SampleRecord } from "@/lib/requests/view";

interface Props {
  sample: Sample;
  /** Draws a cell in another way; undefined leaves it masked. */
  cell?: (record: SampleRecord, column: SampleColumn, masked: ReactNode) => ReactNode | undefined;
}

/** The records of a request, masked as everybody who browses sees them. */
export function SampleTable({ sample, cell }: Props) {
  if (!sample.ok)
    return <p className="text-sm text-ink-muted">The records cannot be shown now. {sample.words}</p>;
  return (
    <div className="grid gap-1">
      <Table label="Records of this request, masked" sticky={1} values>
        <thead>
          <tr>
            <th>Record</th>
            {sample.columns.map((column) => (
              <th key={column.columnId}>{column.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.records.map((record) => (
            <tr key={record.handle}>
              <th scope="row">{record.label}</th>
              {record.cells.length === 0 && (
                <td colSpan={sample.columns.length} className="text-ink-muted">
                  No longer in the source
                </td>
              )}
              {record.cells.map((masked, index) => {
                const column = sample.columns[index];
                if (!column) return null;
                const own = column.asked ? cell?.(record, column, masked.text) : undefined;
                return <Fragment key={column.columnId}>{own ?? <MaskedCell cell={masked} />}</Fragment>;
              })}
            </tr>
          ))}
        </tbody>
      </Table>
      {sample.more > 0 && (
        <p className="text-xs text-ink-muted">
          and {sample.more} more {sample.more === 1 ? "record" : "records"}
        </p>
      )}
    </div>
  );
}

function MaskedCell({ cell: { shown, text } }: { cell: SampleCell }) {
  if (shown === "hidden") return <td data-veil="hidden" />;
  const veil = shown === "masked" ? "masked" : undefined;
  if (text === null) return <td data-veil={veil} data-empty="null" />;
  if (text === "") return <td data-veil={veil} data-empty="text" />;
  return <td data-veil={veil}>{text}</td>;
}
