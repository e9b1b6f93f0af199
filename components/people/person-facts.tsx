import { Described, DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { PersonView } from "@/lib/people/view";
import { counted } from "./person-cards";

/** What is open for a person now, and who reports to them. */
export function PersonFacts({ person }: { person: PersonView }) {
  const { lastSignIn, now, reports } = person;
  return (
    <DescriptionList>
      <Described term="Last sign-in">
        {lastSignIn ? <RelativeTime at={lastSignIn} now={now} /> : "Never"}
      </Described>
      <Described term="Sessions">{counted(person.sessions, "open session") || "None"}</Described>
      <Described term="Grants">{counted(person.openGrants, "open grant") || "None"}</Described>
      <Described term="Requests">{counted(person.waitingRequests, "waiting request") || "None"}</Described>
      <Described term="Reports">
        {reports.length === 0
          ? "Nobody"
          : reports.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <TextLink href={`/people/${id}`}>{name}</TextLink>
              </span>
            ))}
      </Described>
      <Described term="Time zone">{person.timeZone}</Described>
      <Described term="Added">
        <RelativeTime at={person.createdAt} now={now} />
      </Described>
    </DescriptionList>
  );
}
