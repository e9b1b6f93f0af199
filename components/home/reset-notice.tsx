import { Message } from "@/components/ui/message";
import type { PasswordReset } from "@/lib/home/view";

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** Tells somebody that another person could have come into their account. */
export function ResetNotice({ by, at }: PasswordReset) {
  return (
    <Message title={`A new-password link for you was made by ${by} on ${moment.format(new Date(at))} UTC.`}>
      Whoever holds such a link can sign in as you. If you did not ask for it, tell another admin or an
      auditor.
    </Message>
  );
}
