import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { DemoStory } from "@/components/home/demo-story";
import { ConfirmCountCard } from "@/components/home/confirm-count-card";
import { HomeCard, Nothing } from "@/components/home/home-card";
import { AskingCards, HappenedCard, InboxCard, ToldCard } from "@/components/home/home-cards";
import { DriftLines } from "@/components/home/drift-lines";
import { LapseNotice } from "@/components/home/lapse-notice";
import { ResetNotice } from "@/components/home/reset-notice";
import { NumberCard } from "@/components/home/number-card";
import { ReviewsCard } from "@/components/home/reviews-card";
import { TablesCard } from "@/components/home/tables-card";
import { FreshPage } from "@/components/reveals/fresh-page";
import { PageHeader } from "@/components/ui/page-header";
import { readDemoStory } from "@/lib/home/read-demo-story";
import { readHome } from "@/lib/home/read-home";
import type { HomeView } from "@/lib/home/view";
import { readMark } from "@/lib/reveals/read-live";
import { TextLink } from "@/components/ui/text-link";
import { pageContext } from "@/lib/web/context";
import { becomePerson } from "../(auth)/actions";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const ctx = await pageContext("home");
  const mark = await readMark(ctx);
  const [home, story] = await Promise.all([readHome(ctx), readDemoStory(ctx)]);
  const { inbox, told, reviews, othersReviews, toConfirm, asking, tables, now } = home;
  return (
    <Page>
      <FreshPage mark={mark} />
      <PageHeader title={`Hello ${ctx.actor.name.split(" ")[0]}`} description={whatWaits(home)} />
      {home.passwordReset && <ResetNotice {...home.passwordReset} />}
      {home.lapse && <LapseNotice {...home.lapse} now={now} />}
      {story && <DemoStory steps={story} become={becomePerson} />}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <div className="grid gap-4">
          {(reviews.length > 0 || othersReviews) && (
            <ReviewsCard
              lines={reviews}
              others={othersReviews}
              now={now}
              judges={ctx.actor.roles.includes("approver")}
            />
          )}
          {toConfirm && <ConfirmCountCard {...toConfirm} now={now} />}
          {told.length > 0 && <ToldCard lines={told} now={now} />}
          {inbox && <InboxCard {...inbox} now={now} />}
          {asking && <AskingCards {...asking} now={now} />}
          <Duties home={home} rules={ctx.actor.roles.includes("policy_admin")} />
        </div>
        <div className="grid gap-4">
          {tables && <TablesCard tables={tables} />}
          <HappenedCard events={home.happened} now={now} />
        </div>
      </div>
    </Page>
  );
}

function Duties({ home, rules }: { home: HomeView; rules: boolean }) {
  const { catalogue, record, anomalies, people } = home;
  return (
    <>
      {catalogue && (
        <NumberCard
          title="Catalogue"
          numbers={[
            { value: catalogue.unreviewed, label: "columns to review" },
            { value: catalogue.suspended, label: "changed, hidden", tone: "danger" },
            { value: catalogue.columns, label: "columns in all" },
          ]}
          action={
            catalogue.sources > 0
              ? { href: "/catalog", label: "Review" }
              : { href: "/catalog/new", label: "Add a source" }
          }
        >
          <DriftLines lines={catalogue.drift} now={home.now} />
        </NumberCard>
      )}
      {record && (
        <NumberCard
          title="Record of the last 24 hours"
          numbers={[
            { value: record.events, label: "events" },
            { value: record.refused, label: "refused or failed", tone: "danger" },
          ]}
          action={{ href: "/audit", label: "Read and verify" }}
        />
      )}
      {anomalies !== null && anomalies > 0 && (
        <HomeCard title="Anomalies" more={{ href: "/reports/anomalies", label: "Cases" }}>
          <Nothing>
            {anomalies === 1 ? "1 case waits" : `${anomalies.toLocaleString("en-US")} cases wait`} for a
            judgement.
          </Nothing>
        </HomeCard>
      )}
      {people && (
        <NumberCard
          title="People"
          numbers={[
            { value: people.active, label: "active" },
            { value: people.invited, label: "invited" },
            { value: people.disabled, label: "disabled" },
          ]}
          action={{ href: "/people", label: "People" }}
        />
      )}
      {rules && (
        <HomeCard title="Rules">
          <Nothing>
            The active policy decides who has to approve what, and what opens by itself.{" "}
            <TextLink href="/policies">See its rules</TextLink>.
          </Nothing>
        </HomeCard>
      )}
    </>
  );
}

function whatWaits({ inbox, reviews, toConfirm, asking, catalogue, anomalies }: HomeView): string {
  const open = asking?.grants.filter(({ isOpen }) => isOpen).length ?? 0;
  const toJudge = reviews.filter(({ mine }) => !mine).length;
  const ready = (asking?.grants.length ?? 0) - open;
  const parts = [
    inbox && inbox.count > 0 && `${counted(inbox.count, "request")} for you to decide`,
    anomalies !== null && anomalies > 0 && `${counted(anomalies, "case")} for you to judge`,
    toJudge > 0 && `${counted(toJudge, "review")} for you to judge`,
    toConfirm && `the access of ${peopleInWords(toConfirm.count)} for you to confirm`,
    asking && asking.questions.length > 0 && `${counted(asking.questions.length, "question")} to answer`,
    open > 0 && `${counted(open, "grant")} open now`,
    ready > 0 && `${counted(ready, "grant")} ready to open`,
    catalogue && catalogue.unreviewed > 0 && `${counted(catalogue.unreviewed, "column")} to review`,
  ].filter(Boolean);
  const text = parts.join(", ");
  return text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : "Nothing waits for you.";
}

const peopleInWords = (count: number) =>
  count === 1 ? "1 person" : `${count.toLocaleString("en-US")} people`;

function counted(n: number, what: string): string {
  return `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;
}
