import type { Metadata } from "next";
import { ChecksForm } from "@/components/catalog/checks-form";
import { EditConnectionForm } from "@/components/catalog/edit-connection-form";
import { Hardening } from "@/components/catalog/hardening";
import { RemoveSource } from "@/components/catalog/remove-source";
import { RotateKeys } from "@/components/catalog/rotate-keys";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { readConnectionView } from "@/lib/catalog/list-reviews";
import { readChecks } from "@/lib/catalog/read-discovery";
import type { ConnectionView } from "@/lib/catalog/view";
import { readHardeningView } from "@/lib/hardening/take-script";
import { pageContext } from "@/lib/web/context";
import { change, checkRoles, harden, remove, rotate, saveChecks, soften, test } from "../../actions";
import { sourceOrNotFound } from "../source-or-not-found";

export const metadata: Metadata = { title: "Connection" };

export default async function ConnectionPage({ params }: { params: Promise<{ source: string }> }) {
  const ctx = await pageContext("catalog");
  const { source } = await sourceOrNotFound(ctx, (await params).source);
  const [stored, checks, hardening] = await Promise.all([
    readConnectionView(ctx, source.id),
    readChecks(ctx, source.id),
    readHardeningView(ctx, source.id),
  ]);
  return (
    <Page>
      <Crumbs
        crumbs={[
          { label: "Catalogue", href: "/catalog" },
          { label: source.name, href: `/catalog/${source.slug}` },
          { label: "Connection" },
        ]}
      />
      <PageHeader
        title={`Connection of ${source.name}`}
        description="Kept encrypted. When it leads to another machine or database, the live grants on this source end, because the records that they name are others there."
      />
      {!stored && (
        <Message tone="error" title="The stored connection cannot be opened.">
          GLIMPSE_KEY is not the one it was stored with. Enter the connection again, its password included.
        </Message>
      )}
      <EditConnectionForm
        // Typed text of an older version is of no use once the connection was changed.
        key={source.version}
        sourceId={source.id}
        version={source.version}
        stored={stored ?? unknown(source.host, source.database)}
        test={test}
        change={change}
      />
      <section aria-labelledby="checks" className="mt-4 grid max-w-xl gap-2 border-t pt-5">
        <h2 id="checks" className="text-base font-semibold">
          Compare by itself
        </h2>
        <p className="text-sm text-ink-muted">
          New columns are hidden, changed ones are hidden again and their grants end, and you are told on the
          page of the source and at home.
        </p>
        <ChecksForm sourceId={source.id} checks={checks} save={saveChecks} />
      </section>
      <Hardening
        key={`hardening ${source.version}`}
        source={source}
        view={hardening}
        check={checkRoles}
        harden={harden}
        soften={soften}
      />
      <section aria-labelledby="keys" className="mt-4 grid max-w-xl gap-2 border-t pt-5">
        <h2 id="keys" className="text-base font-semibold">
          Change the keys
        </h2>
        <p className="text-sm text-ink-muted">
          Pseudonyms, and the tokens that name records with sensitive keys, become others. What somebody noted
          of the old ones leads nowhere.
        </p>
        <div>
          <RotateKeys sourceId={source.id} version={source.version} name={source.name} rotate={rotate} />
        </div>
      </section>
      <section aria-labelledby="remove" className="mt-4 grid max-w-xl gap-2 border-t pt-5">
        <h2 id="remove" className="text-base font-semibold">
          Remove the source
        </h2>
        <p className="text-sm text-ink-muted">
          It disappears from browsing at once. This cannot be undone here.
        </p>
        <div>
          <RemoveSource sourceId={source.id} version={source.version} name={source.name} remove={remove} />
        </div>
      </section>
    </Page>
  );
}

const unknown = (host: string, database: string): ConnectionView => ({
  host,
  port: 5432,
  database,
  user: "",
  tls: "verify-full",
  ca: "",
});
