import { Button, ButtonLink } from "@/components/ui/button";
import { Select } from "@/components/ui/input";

interface Props {
  state: string;
  personId: string | undefined;
  people: readonly { id: string; name: string }[];
}

/** Which cases are listed; it lives in the address. */
export function CaseFilters({ state, personId, people }: Props) {
  const filtered = state !== "open" || personId !== undefined;
  return (
    <form
      data-soft
      action="/reports/anomalies"
      className="flex flex-wrap items-center gap-2"
      role="search"
      aria-label="Cases"
    >
      <Select name="state" aria-label="State" defaultValue={state} className="w-44 max-md:flex-1">
        <option value="open">Open</option>
        <option value="closed">Judged</option>
        <option value="all">All</option>
      </Select>
      <Select
        name="personId"
        aria-label="Person"
        defaultValue={personId ?? ""}
        className="w-48 max-md:flex-1"
      >
        <option value="">Everybody</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink href="/reports/anomalies" variant="quiet">
          Clear
        </ButtonLink>
      )}
    </form>
  );
}
