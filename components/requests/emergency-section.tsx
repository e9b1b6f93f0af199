import { Siren } from "lucide";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Textarea } from "@/components/ui/input";

interface Props {
  /** What is wrong with the words, if something is. */
  error: string | undefined;
  sending: boolean;
  /** Why it cannot be sent yet; none where it can. */
  whyNot: { reason?: string };
  onOpen: (why: string) => void;
}

/** Sends what stands above and opens it at once, where its rule allows an emergency: says what that means first. */
export function EmergencySection({ error, sending, whyNot, onOpen }: Props) {
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const id = useId();
  return (
    <section aria-label="Emergency" data-break-glass className="grid gap-3 rounded-md border px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <Icon of={Siren} aria-hidden size={18} className="shrink-0" />
        <p className="min-w-0 flex-[1_1_220px] text-sm font-medium">
          If it cannot wait, you can open it before anybody has decided.
        </p>
        {!asking && <Button onClick={() => setAsking(true)}>This is an emergency</Button>}
      </div>
      {asking && (
        <div className="grid gap-3 rounded-md border bg-surface p-3 text-ink">
          <ul className="grid list-disc gap-1 pl-5 text-sm">
            <li>The values open now, for ten minutes at most.</li>
            <li>The log names you, your reason, and everybody who was skipped.</li>
            <li>Within 24 hours one of them judges whether it was justified.</li>
          </ul>
          <Field
            id={id}
            label="Why it cannot wait"
            error={error}
            help="At least 20 characters. Whoever judges it reads this, and it stays on record."
          >
            {(wired) => (
              <Textarea
                {...wired}
                maxLength={2000}
                value={why}
                onChange={(event) => setWhy(event.target.value)}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button variant="danger" aria-busy={sending} onClick={() => onOpen(why)} {...whyNot}>
              {sending ? "Opening" : "Send and open it now"}
            </Button>
            <Button onClick={() => setAsking(false)}>Wait for a decision</Button>
          </div>
        </div>
      )}
    </section>
  );
}
