import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { HomeDrift } from "@/lib/home/view";

/** What has changed in the sources since a steward last looked, a line for each. */
export function DriftLines({ lines, now }: { lines: readonly HomeDrift[]; now: string }) {
  if (lines.length === 0) return null;
  return (
    <ul className="border-t px-4 py-2 text-sm">
      {lines.map(({ source, href, words, since }) => (
        <li key={href} className="py-0.5">
          <TextLink href={href}>{source}</TextLink>: {words}, since <RelativeTime at={since} now={now} />.
        </li>
      ))}
    </ul>
  );
}
