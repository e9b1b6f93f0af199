"use client";

import { CopyButton } from "@/components/ui/copy-button";

const statements = `CREATE ROLE glimpse LOGIN PASSWORD '…';
GRANT CONNECT ON DATABASE shop TO glimpse;
GRANT USAGE ON SCHEMA public TO glimpse;
GRANT SELECT ON ALL TABLES IN SCHEMA public
  TO glimpse;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT ON TABLES TO glimpse;`;

/** How the owner of a database makes a user for Glimpse. */
export function ReaderRole() {
  return (
    <aside aria-labelledby="reader-role" className="rounded-md border bg-surface px-4 py-3">
      <div className="flex items-center justify-between gap-2">
        <h2 id="reader-role" className="text-sm font-semibold">
          A user that can only read
        </h2>
        <CopyButton label="Copy the statements" text={() => statements} />
      </div>
      <p className="text-sm text-ink-muted">
        The owner of the database runs this once, for each schema to browse.
      </p>
      <pre className="mt-2 overflow-x-auto rounded-sm bg-sunken px-3 py-2 text-xs leading-5">
        {statements}
      </pre>
      <p className="mt-2 text-xs text-ink-muted">
        A column that nobody should see at all can be left out: GRANT SELECT (id, name) ON customers TO
        glimpse.
      </p>
    </aside>
  );
}
