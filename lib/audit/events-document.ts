import { eventCodes, type EventCode } from "@/lib/audit/codes";
import { promisedParts } from "@/lib/audit/promised-parts";
import { requirements } from "@/lib/audit/requirements";

const intro = `# The events of the audit log

Written by \`npm run audit:events\` from the code; a test fails when it is not what the code says. Every event has the
frame: **who** (\`actor\`: id, name and roles of that moment), **when** (\`occurredUs\`: microseconds since 1970 by the
control database's clock), **where from** (\`ip\`, \`session\`, \`channel\`, \`device\`: the browser and system in words of
ours, \`webRequest\`: the number of the web request, the same in all events of one), **what wrote it** (\`writer\`: the
instance and its version), **what** (\`code\`), **how it ended** (\`outcome\`) and its place (\`seq\`). Beside the frame, an
event has the parts that its code promises, and may have more. No value of a record is in any of them; words are bounded,
and looked through for card and identity numbers before they are saved.`;

/** The text of docs/audit-events.md: every code with what it carries and serves, and every requirement with where it is met. */
export function eventsDocument(): string {
  const codes = Object.keys(eventCodes) as EventCode[];
  return [
    intro,
    `## Every event`,
    table(["code", "outcome", "meaning", "carries", "serves"], codes.map(eventRow)),
    `## What standards ask for`,
    `In short what each asks for, where it is met, and what is not. It is no legal advice and no certificate.`,
    table(
      ["requirement", "asks for", "met by", "not met"],
      requirements.map(({ id, asks, met, gap }) => [id, asks, met, gap ?? ""]),
    ),
    "",
  ]
    .join("\n\n")
    .replace(/\n\n$/, "\n");
}

function eventRow(code: EventCode): string[] {
  const [outcome, meaning] = eventCodes[code];
  const serves = requirementsOf(code).map(({ id }) => id);
  return [
    `\`${code}\``,
    outcome,
    meaning,
    promisedParts(code)
      .map((part) => part.replace("details.", ""))
      .join(", "),
    serves.join(", "),
  ];
}

/** What asks for this event by its kind; what asks something of all events is in the second table alone. */
function requirementsOf(code: EventCode) {
  return requirements.filter(({ events }) => events.some((start) => start !== "" && code.startsWith(start)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
