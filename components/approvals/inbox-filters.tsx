import { Chip } from "@/components/ui/chip";
import { SoftLink } from "@/components/ui/soft-link";
import type { InboxPage, InboxQuery } from "@/lib/approvals/view";
import { inboxAddress } from "./inbox-address";

const grades = [
  [undefined, "any"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
] as const;
const groups = [
  [undefined, "nothing"],
  ["requester", "requester"],
  ["table", "table"],
] as const;

/** What of the inbox is shown and how it is grouped: links, so that each has an address that can be shared. */
export function InboxFilters({ page, query }: { page: InboxPage; query: InboxQuery }) {
  const [first] = page.lines;
  return (
    <div className="grid gap-1.5 border-b p-3 text-xs text-ink-muted">
      <Choice label="Risk" name="grade" choices={grades} query={query} />
      <Choice label="Group by" name="group" choices={groups} query={query} />
      {(query.requester !== undefined || query.table !== undefined) && (
        <p className="flex flex-wrap gap-2">
          {query.requester !== undefined && (
            <Chip
              removeLabel="Show everybody's"
              removeHref={inboxAddress(query, { requester: undefined, after: undefined })}
            >
              {first?.requester ?? "One person"}
            </Chip>
          )}
          {query.table !== undefined && (
            <Chip
              removeLabel="Show all tables"
              removeHref={inboxAddress(query, { table: undefined, after: undefined })}
            >
              {first?.tableLabel ?? "One table"}
            </Chip>
          )}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<Name extends "grade" | "group"> {
  label: string;
  name: Name;
  choices: readonly (readonly [InboxQuery[Name] | undefined, string])[];
  query: InboxQuery;
}

function Choice<Name extends "grade" | "group">({ label, name, choices, query }: ChoiceProps<Name>) {
  return (
    <p className="flex flex-wrap items-center gap-x-1">
      <span className="mr-1">{label}</span>
      {choices.map(([value, words]) => (
        <SoftLink
          key={words}
          href={inboxAddress(query, { [name]: value, after: undefined })}
          aria-current={query[name] === value ? "true" : undefined}
          className="inline-flex min-h-6 items-center rounded-sm px-1.5 hover:bg-hover aria-[current]:font-medium aria-[current]:text-ink aria-[current]:underline"
        >
          <span className="sr-only">{label} </span>
          {words}
        </SoftLink>
      ))}
    </p>
  );
}
