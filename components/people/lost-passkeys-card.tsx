import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PasskeyView } from "@/lib/auth/view";
import type { PersonView } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { PasskeyLine } from "./passkey-line";
import { Card } from "./person-cards";

interface Props {
  person: PersonView;
  passkeys: readonly PasskeyView[];
  now: string;
  remove: (before: FormState, form: FormData) => Promise<FormState>;
}

/** What somebody signs their approvals with; an admin can take a lost one away, and never add one. */
export function LostPasskeysCard({ person, passkeys, now, remove }: Props) {
  const help = person.isSelf
    ? "Your own are under Settings."
    : "Remove one that was lost. Only the person can register another.";
  return (
    <Card title="Passkeys" help={help}>
      {/* One form around all: it stays to say how it went when the last line of it goes. */}
      <ActionForm action={remove} label={`Passkeys of ${person.name}`}>
        {passkeys.length === 0 ? (
          <p className="text-sm text-ink-muted">None is registered.</p>
        ) : (
          <ul className="grid">
            {passkeys.map((passkey) => (
              <PasskeyLine key={passkey.id} passkey={passkey} now={now}>
                {!person.isSelf && (
                  <SubmitButton variant="secondary" size="sm" name="passkeyId" value={passkey.id}>
                    Remove<span className="sr-only"> the passkey {passkey.name}</span>
                  </SubmitButton>
                )}
              </PasskeyLine>
            ))}
          </ul>
        )}
      </ActionForm>
    </Card>
  );
}
