import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { PeoplePage } from "@/lib/people/view";
import { PersonStateBadge } from "./person-state";

/** The list of people, one line each. */
export function PeopleTable({ page }: { page: PeoplePage }) {
  return (
    <Table label="People" sticky={1}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">State</th>
          <th scope="col">Roles</th>
          <th scope="col">Manager</th>
          <th scope="col">Last sign-in</th>
          <th scope="col">E-mail</th>
        </tr>
      </thead>
      <tbody>
        {page.lines.map((person) => (
          <tr key={person.id}>
            <th scope="row">
              <TextLink href={`/people/${person.id}`}>{person.name}</TextLink>
            </th>
            <td>
              <PersonStateBadge state={person.state} />
            </td>
            <td>{person.roles}</td>
            <td>{person.manager ?? <span className="text-ink-faint">Nobody</span>}</td>
            <td>
              {person.lastSignIn ? (
                <RelativeTime at={person.lastSignIn} now={page.now} />
              ) : (
                <span className="text-ink-faint">Never</span>
              )}
            </td>
            <td>{person.email}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
