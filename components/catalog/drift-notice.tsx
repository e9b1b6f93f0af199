import { ActionForm } from "@/components/ui/action-form";
import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { DriftTable, DriftView } from "@/lib/catalog/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  drift: Omit<DriftView, "tables"> & { tables: readonly (DriftTable & { href?: string })[] };
  now: string;
  /** Without it the notice cannot be put away here. */
  see?: (before: FormState, form: FormData) => Promise<FormState>;
}

/** What has changed in a source since a steward last looked, table by table. */
export function DriftNotice({ drift, now, see }: Props) {
  return (
    <Message
      title={
        <>
          {drift.words}, since <RelativeTime at={drift.since} now={now} />.
        </>
      }
    >
      <ul className="grid gap-0.5">
        {drift.tables.map((table) => (
          <li key={`${table.schema}.${table.table}`} className="break-words">
            {table.href === undefined ? (
              <code>{`${table.schema}.${table.table}`}</code>
            ) : (
              <TextLink href={table.href}>{`${table.schema}.${table.table}`}</TextLink>
            )}
            : {differences(table)}
          </li>
        ))}
      </ul>
      {see && (
        <ActionForm action={see} label="Put the notice away" className="mt-2">
          <input type="hidden" name="sourceId" value={drift.sourceId} />
          <SubmitButton variant="secondary" size="sm" pendingLabel="Noting">
            Seen
          </SubmitButton>
        </ActionForm>
      )}
    </Message>
  );
}

const most = 12;

function differences({ new: fresh, changed, gone }: DriftTable): string {
  const named = (word: string, names: readonly string[]) => {
    if (names.length === 0) return [];
    const rest = names.length > most ? ` and ${names.length - most} more` : "";
    return [`${word} ${names.slice(0, most).join(", ")}${rest}`];
  };
  return [...named("new", fresh), ...named("changed", changed), ...named("gone", gone)].join("; ");
}
