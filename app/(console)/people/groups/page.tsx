import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { GroupCard } from "@/components/people/group-card";
import { NewGroup } from "@/components/people/new-group";
import { NewOwner, OwnerCard } from "@/components/people/owner-card";
import { PageHeader } from "@/components/ui/page-header";
import { readClasses } from "@/lib/catalog/read-classes";
import { listGroups } from "@/lib/people/groups";
import { listManagerChoices } from "@/lib/people/list-people";
import { listOwnableTables, listOwners, owned } from "@/lib/people/owners";
import { pageContext } from "@/lib/web/context";
import { addGroup, saveMembers, saveOwners } from "./actions";

export const metadata: Metadata = { title: "Groups and owners" };

export default async function GroupsPage() {
  const ctx = await pageContext("people");
  const [groups, owners, people, tables, classes] = await Promise.all([
    listGroups(ctx),
    listOwners(ctx),
    listManagerChoices(ctx),
    listOwnableTables(ctx),
    readClasses(ctx.db),
  ]);
  const subjects = {
    class: classes.all.map(({ id, title }) => ({ id, name: title })),
    table: tables,
  };
  const all = owned(owners, subjects);
  const free = (kind: "class" | "table") =>
    subjects[kind].filter(({ id }) => !all.some((one) => one.kind === kind && one.subject === id));
  return (
    <Page>
      <Crumbs crumbs={[{ label: "People", href: "/people" }, { label: "Groups and owners" }]} />
      <PageHeader
        title="Groups and owners"
        description="Whom policies can name. Changes count at once, for requests that wait too. Nobody puts themselves in."
      />
      <section aria-labelledby="groups" className="flex flex-col gap-3">
        <h2 id="groups" className="text-lg font-semibold">
          Groups
        </h2>
        {groups.map((group) => (
          <GroupCard key={group.id} group={group} people={people} action={saveMembers} />
        ))}
        <NewGroup action={addGroup} />
      </section>
      <section aria-labelledby="owners" className="flex flex-col gap-3">
        <h2 id="owners" className="text-lg font-semibold">
          Owners
        </h2>
        {all.map((one) => (
          <OwnerCard key={`${one.kind} ${one.subject}`} owned={one} people={people} action={saveOwners} />
        ))}
        <NewOwner
          kind="class"
          label="Data class"
          subjects={free("class")}
          people={people}
          action={saveOwners}
        />
        <NewOwner kind="table" label="Table" subjects={free("table")} people={people} action={saveOwners} />
      </section>
    </Page>
  );
}
