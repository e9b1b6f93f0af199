import { UserSearch } from "lucide";
import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { InvitePerson } from "@/components/people/invite-person";
import { PeopleFilters } from "@/components/people/people-filters";
import { PeopleTable } from "@/components/people/people-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listManagerChoices, listPeople } from "@/lib/people/list-people";
import { parsePeopleFilter, parsePersonId, peopleHref } from "@/lib/people/people-filter";
import { roleChoices } from "@/lib/people/role";
import { pageContext } from "@/lib/web/context";
import { invite } from "./actions";

export const metadata: Metadata = { title: "People" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PeoplePage({ searchParams }: Props) {
  const ctx = await pageContext("people");
  const params = await searchParams;
  const filter = parsePeopleFilter(params);
  const place = { after: parsePersonId(params["after"]), before: parsePersonId(params["before"]) };
  const [page, managers] = await Promise.all([listPeople(ctx, filter, place), listManagerChoices(ctx)]);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "People" }]} />
      <PageHeader
        title="People"
        description="Who may sign in, what they may do, and who decides their requests. Changes count at once."
        actions={
          <>
            <ButtonLink href="/people/stops">Stop access</ButtonLink>
            <ButtonLink href="/people/approvers">Approvers</ButtonLink>
            <ButtonLink href="/reviews/campaigns">Access reviews</ButtonLink>
            <ButtonLink href="/people/absences">Absences</ButtonLink>
            <ButtonLink href="/people/groups">Groups and owners</ButtonLink>
            <InvitePerson action={invite} roles={roleChoices} managers={managers} />
          </>
        }
      />
      <PeopleFilters filter={filter} roles={roleChoices} />
      {page.lines.length === 0 ? (
        <EmptyState
          icon={UserSearch}
          title="Nobody fits the filter"
          actions={<ButtonLink href="/people">Show everybody</ButtonLink>}
        >
          Search by a part of the name or of the e-mail address.
        </EmptyState>
      ) : (
        <>
          <PeopleTable page={page} />
          {(page.before ?? page.after) && (
            <Pagination
              label="Pages of people"
              previousHref={page.before ? peopleHref(filter, { before: page.before }) : undefined}
              nextHref={page.after ? peopleHref(filter, { after: page.after }) : undefined}
            />
          )}
        </>
      )}
    </Page>
  );
}
