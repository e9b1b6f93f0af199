import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Crumbs } from "@/components/layout/crumbs";
import { Page } from "@/components/layout/page";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { MailCard } from "@/components/mail/mail-cards";
import { AccountForm, PasswordForm } from "@/components/people/account-forms";
import { PasskeysCard } from "@/components/people/passkeys-card";
import { Card } from "@/components/people/person-cards";
import { JobsCard, LooksCard, SessionsCard } from "@/components/people/settings-cards";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { readOwnPasskeys } from "@/lib/auth/list-passkeys";
import { listOwnSessions } from "@/lib/auth/list-sessions";
import { rolesAllow } from "@/lib/auth/permissions";
import { readJobs } from "@/lib/jobs/run-jobs";
import { readAccount } from "@/lib/people/change-account";
import { timeZones } from "@/lib/people/person-input";
import { pageContext } from "@/lib/web/context";
import { parseRows, rowsCookie } from "@/lib/web/rows";
import { askPasskey, prove, provePasskey, setTheme } from "../actions";
import {
  askToMakePasskey,
  dropPasskey,
  endSession,
  keepPasskey,
  saveAccount,
  savePassword,
  setRows,
} from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await pageContext("settings");
  const [account, sessions, jar] = await Promise.all([readAccount(ctx), listOwnSessions(ctx), cookies()]);
  return (
    <Page>
      <Crumbs crumbs={[{ label: "Settings" }]} />
      <PageHeader
        title="Settings"
        description={account.email}
        actions={
          <>
            {rolesAllow(ctx.actor.roles, "decide") && (
              <ButtonLink href="/settings/absence">My absence</ButtonLink>
            )}
            {rolesAllow(ctx.actor.roles, "retention") && (
              <ButtonLink href="/settings/retention">Retention</ButtonLink>
            )}
          </>
        }
      />
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card title="You">
          <AccountForm account={account} zones={timeZones(account.timeZone)} action={saveAccount} />
        </Card>
        <Card title="Password" help="A change ends all your other sessions.">
          <PasswordForm email={account.email} action={savePassword} />
        </Card>
        <LooksCard
          theme={parseTheme(jar.get(themeCookie)?.value)}
          setTheme={setTheme}
          rows={parseRows(jar.get(rowsCookie)?.value)}
          setRows={setRows}
        />
        <SessionsCard {...sessions} end={endSession} />
        <PasskeysCard
          own={await readOwnPasskeys(ctx)}
          {...{ ask: askToMakePasskey, keep: keepPasskey, remove: dropPasskey, prove }}
          use={{ ask: askPasskey, prove: provePasskey }}
        />
        <MailCard />
        <JobsCard {...readJobs()} />
      </div>
    </Page>
  );
}
