import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { PolicyLine, PolicyState } from "@/lib/policies/view";

const states: Record<PolicyState, { tone: BadgeTone; word: string }> = {
  draft: { tone: "neutral", word: "Draft" },
  tested: { tone: "accent", word: "Tested" },
  active: { tone: "ok", word: "Active" },
  retired: { tone: "muted", word: "Retired" },
  "built-in": { tone: "muted", word: "Built in" },
};

/** The state of a version in a word; what is built in counts until another is activated. */
export function PolicyBadge({ state, counts }: { state: PolicyState; counts: boolean }) {
  const { tone, word } = states[state];
  return <Badge tone={counts ? "ok" : tone}>{counts && state !== "active" ? `${word}, active` : word}</Badge>;
}

interface Props {
  lines: readonly PolicyLine[];
  activeNumber: number;
  now: string;
  /** The way back to a version that has counted. */
  back: (line: PolicyLine) => ReactNode;
}

/** All versions, newest first: who wrote and who activated each, and when. */
export function VersionTable({ lines, activeNumber, now, back }: Props) {
  return (
    <Table label="Versions">
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">State</th>
          <th scope="col">What it is about</th>
          <th scope="col">Written by</th>
          <th scope="col">Activated by</th>
          <th scope="col">
            <span className="sr-only">What can be done</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.number}>
            <th scope="row">
              <TextLink href={`/policies/${line.number}`}>Version {line.number}</TextLink>
            </th>
            <td>
              <PolicyBadge state={line.state} counts={line.number === activeNumber} />
            </td>
            <td>{line.note}</td>
            <td>
              {line.editors.length > 0 ? line.editors.join(", ") : "Glimpse"}
              {line.changedAt && (
                <span className="text-ink-muted">
                  {" "}
                  <RelativeTime at={line.changedAt} now={now} />
                </span>
              )}
            </td>
            <td>
              {line.activatedBy}
              {line.activatedAt && (
                <span className="text-ink-muted">
                  {" "}
                  <RelativeTime at={line.activatedAt} now={now} />
                </span>
              )}
            </td>
            <td data-align="end">{back(line)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
