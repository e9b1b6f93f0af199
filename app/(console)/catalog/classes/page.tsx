import type { Metadata } from "next";
import { AddClass, ClassMask, EditClass } from "@/components/catalog/class-sheet";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { Sensitivity } from "@/components/ui/sensitivity";
import { Table } from "@/components/ui/table";
import { classMaskChoices, listClasses } from "@/lib/catalog/list-classes";
import type { ClassRow } from "@/lib/catalog/view";
import { pageContext } from "@/lib/web/context";
import { addDataClass, changeDataClass, maskDataClass, retireDataClass } from "./actions";

export const metadata: Metadata = { title: "Data classes" };

export default async function ClassesPage() {
  const ctx = await pageContext("catalog");
  const classes = await listClasses(ctx);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Catalogue", href: "/catalog" }, { label: "Data classes" }]} />
      <PageHeader
        title="Data classes"
        description="What a column may hold, and how it is treated. The built-in ones are fixed, but for a stricter mask; add your own for what they do not name."
        actions={<AddClass masks={classMaskChoices} add={addDataClass} />}
      />
      <Table label="Data classes">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Sensitivity</th>
            <th scope="col">Shows as</th>
            <th scope="col">Opens for</th>
            <th scope="col">Regulations</th>
            <th scope="col" data-align="end">
              Columns
            </th>
            <th scope="col">
              <span className="sr-only">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {classes.map((one) => (
            <ClassLine key={one.id} one={one} />
          ))}
        </tbody>
      </Table>
    </Page>
  );
}

function ClassLine({ one }: { one: ClassRow }) {
  return (
    <tr>
      <th scope="row" className="min-w-36 whitespace-normal">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{one.title}</span>
          {one.own !== null && <Badge tone="muted">own</Badge>}
        </span>
      </th>
      <td>{one.sensitivity > 0 && <Sensitivity level={one.sensitivity || 1} showName />}</td>
      <td>
        {one.mask.name}
        {one.usualMask !== null && <span className="block text-xs text-ink-muted">else {one.usualMask}</span>}
      </td>
      <td className="whitespace-nowrap text-ink-muted">
        {one.maxRevealMinutes === 0 ? "nobody" : `${one.maxRevealMinutes} min`}
      </td>
      <td className="text-xs text-ink-muted">{one.regulations.join(", ")}</td>
      <td data-align="end">{one.columns.toLocaleString("en-US")}</td>
      <td data-align="end">
        {one.own !== null ? (
          <EditClass one={one} masks={classMaskChoices} change={changeDataClass} retire={retireDataClass} />
        ) : (
          one.masks.length > 0 && <ClassMask one={one} save={maskDataClass} />
        )}
      </td>
    </tr>
  );
}
