import { DatabaseZap, Download } from "lucide";
import { HardenForm } from "@/components/catalog/harden-form";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SourceCard } from "@/lib/catalog/view";
import type { HardeningActions, HardeningView } from "@/lib/hardening/view";
import type { FormState } from "@/lib/web/view";

interface Props extends HardeningActions {
  source: SourceCard;
  view: HardeningView;
  soften: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Who masks a source, the SQL that lets its database do so, and the roles by which it is then read. */
export function Hardening({ source, view, check, harden, soften }: Props) {
  return (
    <section aria-labelledby="hardening" className="mt-4 grid max-w-xl gap-3 border-t pt-5">
      <h2 id="hardening" className="flex items-center gap-2 text-base font-semibold">
        Who masks
        {source.hardened ? (
          <Badge tone="ok" icon={DatabaseZap}>
            the database
          </Badge>
        ) : (
          <Badge>the console</Badge>
        )}
      </h2>
      <p className="text-sm text-ink-muted">
        {source.hardened
          ? "Pages are read through views that mask, by a role that may read nothing else; reveals read by a role of their own. After every change in the catalogue the SQL has to run again: until then the tables that changed are not shown."
          : "Glimpse asks the database for masked values, by a role that could read the others. Let the database enforce it: its owner runs this SQL, and Glimpse then connects by two roles, one of which reads masked views alone."}
      </p>
      <details className="rounded-md border bg-surface text-sm">
        <summary className="cursor-pointer px-3 py-2">The SQL, without the keys of the masks</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard */}
        <pre tabIndex={0} aria-label="The SQL" className="max-h-80 overflow-auto border-t px-3 py-2 text-xs">
          {view.script}
        </pre>
      </details>
      <div>
        <ButtonLink href={`/catalog/${source.slug}/connection/sql`} download icon={Download}>
          Download the SQL
        </ButtonLink>
      </div>
      <p className="text-sm text-ink-muted">
        The download holds the keys of the masks, and is on record. It makes the roles{" "}
        <code>{view.roles.masked}</code> and <code>{view.roles.reveal}</code>; give both a password.
      </p>
      <HardenForm source={source} roles={view.roles} check={check} harden={harden} />
      {source.hardened && (
        <ActionForm
          action={soften}
          label="Let the console mask again"
          className="grid justify-items-start gap-2"
        >
          <input type="hidden" name="sourceId" value={source.id} />
          <input type="hidden" name="version" value={source.version} />
          <SubmitButton variant="danger" pendingLabel="Changing">
            Let the console mask again
          </SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}
