import { SensitivityGlyph } from "./sensitivity-glyph";
import type { GridColumn } from "@/lib/browse/view";

const sortOrders = { asc: "ascending", desc: "descending" } as const;

/** The head of a column: its name sorts where that is possible; the glyph says its class and opens its card. */
export function ColumnHead({ column, index }: { column: GridColumn; index: number }) {
  const { name, sorted, sortHref, sensitivity } = column;
  return (
    <th
      scope="col"
      data-align={column.isNumber ? "end" : undefined}
      aria-sort={sorted === null ? undefined : sortOrders[sorted]}
    >
      <span className="col-head">
        {sortHref === null ? (
          name
        ) : (
          <a href={sortHref} data-soft="" className="col-sort" data-sorted={sorted ?? undefined}>
            {name}
          </a>
        )}
        <button
          type="button"
          className="col-about"
          data-col={index}
          aria-label={`About ${name}`}
          aria-haspopup="dialog"
        >
          <SensitivityGlyph level={sensitivity} look={column.look} />
        </button>
      </span>
    </th>
  );
}

/** The head of a column beside something else: what it is, and nothing to do with it. */
export function PlainHead({ column }: { column: GridColumn }) {
  return (
    <th scope="col" data-align={column.isNumber ? "end" : undefined}>
      <span className="col-head">
        {column.name}
        {column.sensitivity !== null && <SensitivityGlyph level={column.sensitivity} look={column.look} />}
      </span>
    </th>
  );
}
