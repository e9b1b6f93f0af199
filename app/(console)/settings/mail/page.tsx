import type { Metadata } from "next";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { MailStateCard } from "@/components/mail/mail-cards";
import { WishesForm } from "@/components/mail/wishes-form";
import { Card } from "@/components/people/person-cards";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { rolesAllow } from "@/lib/auth/permissions";
import { readWishes } from "@/lib/mail/change-wishes";
import { readMailState } from "@/lib/mail/watch-mail";
import { pageContext } from "@/lib/web/context";
import { saveWishes, tryMail } from "../actions";

export const metadata: Metadata = { title: "E-mail" };

export default async function MailPage() {
  const ctx = await pageContext("settings");
  const watches = rolesAllow(ctx.actor.roles, "people");
  const [wishes, state] = await Promise.all([readWishes(ctx), watches ? readMailState(ctx) : null]);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Settings", href: "/settings" }, { label: "E-mail" }]} />
      <PageHeader
        title="E-mail"
        description="No message holds a value or a reason: it says where to look, for whoever may."
      />
      <div className="grid gap-4">
        {!wishes.isOn && (
          <Message title="No mail server is configured, so nothing is sent.">
            What you choose here counts as soon as there is one.
          </Message>
        )}
        <Card
          title="What you are told"
          help={
            <>
              To {wishes.email}, for what happens from now on. Hours are those of {wishes.zone}, which you
              change under <TextLink href="/settings">Settings</TextLink>.
            </>
          }
        >
          <WishesForm wishes={wishes} action={saveWishes} />
        </Card>
        {watches && <MailStateCard state={state} action={tryMail} />}
      </div>
    </Page>
  );
}
