import { Message } from "@/components/ui/message";
import { TextLink } from "@/components/ui/text-link";

interface Props {
  need: "asked" | "missing";
  /** What it is wanted for, as in "approve this". */
  deed: string;
}

/** Says that a passkey is asked for, and where to get one. */
export function PasskeyNote({ need, deed }: Props) {
  if (need === "asked")
    return <p className="text-sm text-ink-muted">Your passkey signs it when you {deed}.</p>;
  return (
    <Message title="Its rule asks for a passkey, and you have none.">
      Register one under <TextLink href="/settings#passkeys">Settings</TextLink>, then {deed}.
    </Message>
  );
}
