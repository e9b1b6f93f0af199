"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";
import type { ColumnView, SearchAction, SearchAnswer, SearchHits, SearchOutcome } from "@/lib/browse/view";

/** One value in, the records that have it out; what was typed goes in the body of the request and stays nowhere. */
export function SearchForm({ action }: { action: SearchAction }) {
  const [answer, submit] = useActionState(action, null);
  const error = answer?.ok === false ? answer.fields["term"] : undefined;
  return (
    <>
      <form
        action={submit}
        aria-label="Search records"
        className="flex max-w-md flex-col gap-4"
        onReset={(event) => event.preventDefault()}
      >
        <Field
          id="search-term"
          label="Value"
          error={error}
          help="Whole, or of a text its first three letters or more; capitals count."
        >
          {(wired) => (
            <Input
              {...wired}
              type="search"
              name="term"
              required
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              autoFocus
            />
          )}
        </Field>
        <SubmitButton pendingLabel="Searching" className="self-start">
          Search
        </SubmitButton>
      </form>
      <div role="status" className="grid gap-5">
        <Answer answer={answer} />
      </div>
    </>
  );
}

function Answer({ answer }: { answer: SearchOutcome | null }) {
  if (answer === null) return null;
  if (!answer.ok)
    return (
      <Message tone="error" title={answer.what}>
        {answer.next}
      </Message>
    );
  const { hits, tables } = answer.output;
  const looked = `${tables.toLocaleString("en-US")} ${tables === 1 ? "table was" : "tables were"} searched.`;
  return (
    <>
      {hits.length === 0 ? (
        <Message title="No record has this value">
          {looked} Masked columns are never searched: find a record by an e-mail address or a number on the
          page of its table.
        </Message>
      ) : (
        <p className="text-sm text-ink-muted">{looked}</p>
      )}
      {hits.map((found) => (
        <Hits key={found.table.href} found={found} />
      ))}
      <Left answer={answer.output} />
    </>
  );
}

function Hits({ found: { table, columns, matches, records } }: { found: SearchHits }) {
  const name = `${table.name} of ${table.source}`;
  const more = matches === null || matches > records.length;
  return (
    <section aria-label={name} className="grid gap-2">
      <h2 className="text-base font-semibold">
        <a href={table.href} data-soft="" className="hover:underline">
          {table.name}
        </a>{" "}
        <span className="font-normal text-ink-muted">{table.source}</span>
      </h2>
      {records.length > 0 && (
        <Table label={`Records of ${name}`} sticky={1} values>
          <thead>
            <tr>
              <th scope="col">Record</th>
              {columns.map(({ id, name: column }) => (
                <th key={id} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map(({ label, href, cells }) => (
              <tr key={href}>
                <th scope="row">
                  <a href={href} data-soft="" className="text-accent underline underline-offset-3">
                    {label}
                  </a>
                </th>
                {columns.map((column, at) => (
                  <td key={column.id} {...veilOf(column, cells[at] ?? null)}>
                    {cells[at]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {more && (
        <p className="text-sm text-ink-muted">
          {matches === null ? "More than 200" : matches.toLocaleString("en-US")} records match. Filter the
          table to see them.
        </p>
      )}
    </section>
  );
}

function veilOf(column: ColumnView, text: string | null) {
  if (column.look === "hidden") return { "data-veil": "hidden" };
  const tip = `${column.classTitle}. ${column.method} ${column.why}`;
  const veil = column.look === "clear" ? {} : { "data-veil": column.look, "data-tip": tip };
  if (text === null) return { ...veil, "data-empty": "null" };
  return text === "" ? { ...veil, "data-empty": "text" } : veil;
}

function Left({ answer: { notSearched } }: { answer: SearchAnswer }) {
  if (notSearched.length === 0) return null;
  const count = notSearched.reduce((sum, one) => sum + one.count, 0);
  return (
    <details className="text-sm">
      <summary className="text-ink-muted">
        {count.toLocaleString("en-US")} {count === 1 ? "table was" : "tables were"} not searched
      </summary>
      <dl className="mt-2 grid gap-2">
        {notSearched.map(({ why, names, count: all }) => (
          <div key={why}>
            <dt>{why}</dt>
            <dd className="text-ink-muted">
              {names.join(", ")}
              {all > names.length && ` and ${(all - names.length).toLocaleString("en-US")} more`}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
