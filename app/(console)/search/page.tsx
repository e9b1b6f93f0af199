import type { Metadata } from "next";
import { SearchForm } from "@/components/browse/search-form";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/web/context";
import { search } from "./actions";

export const metadata: Metadata = { title: "Search records" };

export default async function SearchPage() {
  await pageContext("browse");
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Browse", href: "/browse" }, { label: "Search records" }]} />
      <PageHeader
        title="Search records"
        description="In the clear columns of every source, where an index finds the value at once. Masked columns are never searched."
      />
      <SearchForm action={search} />
    </Page>
  );
}
