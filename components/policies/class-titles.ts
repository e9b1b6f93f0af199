import type { PolicyChoices } from "@/lib/policies/view";

/** What the catalogue calls data classes, by their ids. */
export type Titles = Readonly<Record<string, string>>;

/** The titles of classes; where two are called alike, each is told by its id too. */
export function classTitles(classes: PolicyChoices["classes"]): Titles {
  const counts = new Map<string, number>();
  for (const { title } of classes) counts.set(title, (counts.get(title) ?? 0) + 1);
  return Object.fromEntries(
    classes.map(({ id, title }) => [id, counts.get(title) === 1 ? title : `${title} (${id})`]),
  );
}

/** A class as the catalogue calls it; one that is not there, or not any more, by its id. */
export function classTitle(id: string, titles: Titles): string {
  return Object.hasOwn(titles, id) ? (titles[id] ?? id) : id;
}
