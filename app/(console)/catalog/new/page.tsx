import type { Metadata } from "next";
import { AddSourceForm } from "@/components/catalog/add-source-form";
import { ReaderRole } from "@/components/catalog/reader-role";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/web/context";
import { add, test } from "../actions";

export const metadata: Metadata = { title: "Add a source" };

export default async function NewSourcePage() {
  await pageContext("catalog");
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Catalogue", href: "/catalog" }, { label: "Add a source" }]} />
      <PageHeader
        title="Add a source"
        description="A PostgreSQL database, version 13 or newer. Glimpse only reads it; give it a user that may do no more. Everything in it is hidden until you have reviewed it."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <AddSourceForm test={test} add={add} />
        <ReaderRole />
      </div>
    </Page>
  );
}
