import { Card } from "@/components/people/person-cards";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Described, DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { MailState } from "@/lib/mail/view";
import type { FormState } from "@/lib/web/view";

/** Where one says what one is told by e-mail. */
export function MailCard() {
  return (
    <Card title="E-mail" help="A decision that is wanted, what became of your requests, emergencies.">
      <p className="text-sm">
        <TextLink href="/settings/mail">What you are told, and when</TextLink>
      </p>
    </Card>
  );
}

interface StateProps {
  /** Null where no mail is sent. */
  state: MailState | null;
  action: (before: FormState, form: FormData) => Promise<FormState>;
}

/** How e-mail gets along, and a message to try it; for admins. */
export function MailStateCard({ state, action }: StateProps) {
  if (state === null) {
    return (
      <Card title="Mail server">
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <Badge tone="muted">None</Badge>
          An operator sets GLIMPSE_SMTP_URL and GLIMPSE_MAIL_FROM. What happens until then is not told later.
        </p>
      </Card>
    );
  }
  const { unread, waiting, oldestAt, failure, sentToday, failedToday, from, now } = state;
  return (
    <Card title="Mail server" help={`Messages come from ${from}. They are sent in the background.`}>
      <div className="grid gap-3">
        <DescriptionList>
          <Described term="Due and not sent">
            {waiting.toLocaleString("en-US")}
            {oldestAt && (
              <>
                , the oldest from <RelativeTime at={oldestAt} now={now} />
              </>
            )}
          </Described>
          {unread > 0 && (
            <Described term="Not looked at yet">
              {unread === 1 ? "1 event" : `${unread.toLocaleString("en-US")} events`}
            </Described>
          )}
          <Described term="In 24 hours">
            {sentToday.toLocaleString("en-US")} sent, {failedToday.toLocaleString("en-US")} given up
          </Described>
          <Described term="Last trouble">
            {failure ? (
              <>
                {failure.words}, <RelativeTime at={failure.at} now={now} />
              </>
            ) : (
              "None in 24 hours"
            )}
          </Described>
        </DescriptionList>
        <ActionForm action={action} label="Try the mail server">
          <SubmitButton variant="secondary" pendingLabel="Asking">
            Send me a message
          </SubmitButton>
        </ActionForm>
      </div>
    </Card>
  );
}
