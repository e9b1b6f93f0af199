import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { AccessCard } from "@/components/people/access-card";
import { Card, ManagerCard, RolesCard } from "@/components/people/person-cards";
import { PersonFacts } from "@/components/people/person-facts";
import { LostPasskeysCard } from "@/components/people/lost-passkeys-card";
import { PersonStateBadge } from "@/components/people/person-state";
import { PageHeader } from "@/components/ui/page-header";
import { listPasskeys } from "@/lib/auth/list-passkeys";
import { listManagerChoices } from "@/lib/people/list-people";
import { parsePersonId } from "@/lib/people/people-filter";
import { readPerson } from "@/lib/people/read-person";
import { roleChoices } from "@/lib/people/role";
import { pageContext } from "@/lib/web/context";
import { disable, dropLostPasskey, enable, newLink, saveManager, saveRoles } from "../actions";

export const metadata: Metadata = { title: "Person" };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function PersonPage({ params }: Props) {
  const ctx = await pageContext("people");
  const id = parsePersonId((await params).id);
  const [person, managers] = await Promise.all([id ? readPerson(ctx, id) : null, listManagerChoices(ctx)]);
  if (!person) notFound();
  const passkeys = await listPasskeys(ctx, person.id);
  const now = new Date().toISOString();
  return (
    <Page>
      <Crumbs crumbs={[{ label: "People", href: "/people" }, { label: person.name }]} />
      <PageHeader
        title={person.name}
        description={person.email}
        beside={<PersonStateBadge state={person.state} />}
      />
      <div className="grid items-start gap-4 md:grid-cols-2">
        <RolesCard person={person} roles={roleChoices} action={saveRoles} />
        <div className="grid gap-4">
          <Card title="Now">
            <PersonFacts person={person} />
          </Card>
          <ManagerCard person={person} managers={managers} action={saveManager} />
          <LostPasskeysCard person={person} passkeys={passkeys} now={now} remove={dropLostPasskey} />
          <AccessCard person={person} newLink={newLink} disable={disable} enable={enable} />
        </div>
      </div>
    </Page>
  );
}
