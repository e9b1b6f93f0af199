import { Link2 } from "lucide";
import { Icon } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/text-link";
import type { LinkedRequest } from "@/lib/requests/view";
import { StateBadge } from "./state-badge";

/** The other request of a chain: the first, for more of which this one asks, or the one that asks for more of this. */
export function ChainNote({ first, more }: { first: LinkedRequest | null; more: LinkedRequest | null }) {
  return (
    <>
      {first && <Note linked={first} words="Asks for more time for what was opened by" />}
      {more && <Note linked={more} words="More time was asked for by" />}
    </>
  );
}

function Note({ linked, words }: { linked: LinkedRequest; words: string }) {
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <Icon of={Link2} aria-hidden size={14} className="shrink-0 text-ink-muted" />
      <span>
        {words} <TextLink href={`/requests/${linked.number}`}>request {linked.number}</TextLink>
      </span>
      <StateBadge state={linked.state} grant={linked.grant} />
    </p>
  );
}
