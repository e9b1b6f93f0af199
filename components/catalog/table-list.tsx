"use client";

import { Search } from "lucide";
import { useDeferredValue, useState } from "react";
import { ReviewLeft, ReviewProgress } from "@/components/catalog/review-progress";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { TableKindName, TableRow } from "@/lib/catalog/view";

const kindWords: Record<TableKindName, string> = {
  table: "table",
  partitioned: "partitioned table",
  partition: "partition",
  view: "view",
  matview: "materialised view",
  foreign: "foreign table",
};

interface Props {
  tables: readonly (TableRow & { href: string })[];
}

/** The tables of a source with how far each review is, what changed first; found by a part of their name or comment. */
export function TableList({ tables }: Props) {
  const [typed, setTyped] = useState("");
  const [onlyOpen, setOnlyOpen] = useState(false);
  const words = useDeferredValue(typed).toLowerCase().split(/\s+/u).filter(Boolean);
  const shown = [...tables]
    .sort(changedFirst)
    .filter(
      (table) =>
        (!onlyOpen || table.counts.confirmed < table.counts.columns) &&
        words.every((word) => says(table, word)),
    );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="relative w-full max-w-72">
          <Icon of={Search} aria-hidden size={15} className="absolute top-2 left-2.5 text-ink-faint" />
          <Input
            type="search"
            aria-label="Find a table"
            placeholder="Find a table"
            autoComplete="off"
            className="pl-8"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <Checkbox
          label="Only what waits for review"
          checked={onlyOpen}
          onChange={(event) => setOnlyOpen(event.target.checked)}
        />
        <output className="ml-auto text-xs text-ink-muted">
          {shown.length.toLocaleString("en-US")} {shown.length === 1 ? "table" : "tables"}
        </output>
      </div>
      {shown.length === 0 ? <Nothing empty={tables.length === 0} /> : <Rows tables={shown} />}
    </div>
  );
}

const changedFirst = (a: TableRow, b: TableRow) =>
  Number(b.counts.changed > 0) - Number(a.counts.changed > 0);

function says(table: TableRow, word: string): boolean {
  return `${table.schema}.${table.name} ${kindWords[table.kind]} ${table.comment ?? ""}`
    .toLowerCase()
    .includes(word);
}

function Nothing({ empty }: { empty: boolean }) {
  return empty ? (
    <EmptyState icon={Search} title="No tables">
      The user of the connection may see no table. Its owner has to grant the right to read.
    </EmptyState>
  ) : (
    <EmptyState icon={Search} title="No table matches">
      Look for another part of the name, or show the reviewed ones too.
    </EmptyState>
  );
}

function Rows({ tables }: Props) {
  return (
    <Table label="Tables" sticky={1}>
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Kind</th>
          <th scope="col" data-align="end">
            Rows, about
          </th>
          <th scope="col">Columns confirmed</th>
          <th scope="col">To do</th>
          <th scope="col">Comment</th>
        </tr>
      </thead>
      <tbody>
        {tables.map((table) => (
          <tr key={table.id}>
            <th scope="row">
              <TextLink href={table.href}>
                <span className="text-ink-muted">{table.schema}.</span>
                <span className="font-medium">{table.name}</span>
              </TextLink>
            </th>
            <td className="text-ink-muted">
              {kindWords[table.kind]}
              {!table.readable && <span className="text-danger"> · no right to read</span>}
            </td>
            <td data-align="end">
              {table.rowEstimate === null ? "–" : table.rowEstimate.toLocaleString("en-US")}
            </td>
            <td>
              <ReviewProgress label={`Columns of ${table.name} confirmed`} counts={table.counts} />
            </td>
            <td>
              <ReviewLeft counts={table.counts} />
            </td>
            <td className="text-ink-muted">{table.comment}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
