import { Button, ButtonLink } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { PeopleFilter } from "@/lib/people/view";

interface Props {
  filter: PeopleFilter;
  roles: readonly { id: string; name: string }[];
}

/** Search and filters of the list; they live in the address. */
export function PeopleFilters({ filter, roles }: Props) {
  const filtered = Object.keys(filter).length > 0;
  return (
    <form
      data-soft
      action="/people"
      className="flex flex-wrap items-center gap-2"
      role="search"
      aria-label="People"
    >
      <Input
        type="search"
        name="q"
        aria-label="Name or e-mail"
        placeholder="Name or e-mail"
        defaultValue={filter.text}
        maxLength={100}
        className="w-56 max-md:flex-1"
      />
      <Select name="role" aria-label="Role" defaultValue={filter.role ?? ""} className="w-40 max-md:flex-1">
        <option value="">Any role</option>
        {roles.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        name="state"
        aria-label="State"
        defaultValue={filter.state ?? ""}
        className="w-36 max-md:flex-1"
      >
        <option value="">Any state</option>
        <option value="active">Active</option>
        <option value="invited">Invited</option>
        <option value="disabled">Disabled</option>
      </Select>
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink href="/people" variant="quiet">
          Clear
        </ButtonLink>
      )}
    </form>
  );
}
