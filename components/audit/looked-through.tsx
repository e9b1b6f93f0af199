import { SearchCheck } from "lucide";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Message } from "@/components/ui/message";
import type { LookedView } from "@/lib/audit/view";

interface Props {
  looked: LookedView;
  /** How many events matched. */
  matched: number;
  /** Where the search goes on. */
  href: string;
}

/** How far a page has looked, where that is not to the end of the log, and the way on: what it lacks may come yet. */
export function LookedThrough({ looked, matched, href }: Props) {
  const isOlder = looked.direction === "older";
  const where = `Looked through ${spanText(looked)}`;
  const rest = `${count(looked.left)} ${isOlder ? "older" : "newer"} ones are left to look through. An export looks through all.`;
  const goOn = (
    <ButtonLink size="sm" href={href} rel={isOlder ? "next" : "prev"}>
      {isOlder ? "Look further back" : "Look further on"}
    </ButtonLink>
  );
  if (matched === 0)
    return (
      <EmptyState icon={SearchCheck} title="None here, and there is more to look through" actions={goOn}>
        {`${where}: none matches. ${rest}`}
      </EmptyState>
    );
  return (
    <Message title={`${where}: ${matched === 1 ? "1 matches" : `${matched} match`}.`}>
      <p className="mb-2">{rest}</p>
      {goOn}
    </Message>
  );
}

function spanText({ first, last, firstAt, lastAt }: LookedView): string {
  const numbers = `events ${count(first)} to ${count(last)}`;
  if (firstAt === null || lastAt === null) return numbers;
  const [from, to] = [day.format(new Date(firstAt)), day.format(new Date(lastAt))];
  return `${numbers} (${from === to ? from : `${from} to ${to}`}, UTC)`;
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

const count = (number: number) => number.toLocaleString("en-US");
