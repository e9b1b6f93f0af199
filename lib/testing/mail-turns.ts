import "server-only";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { changeWishes, wishesSchema } from "@/lib/mail/change-wishes";
import { collectMail } from "@/lib/mail/collect-mail";
import { readClock } from "@/lib/mail/read-people";
import { sendMail } from "@/lib/mail/send-mail";
import { activePolicy } from "./active-policy";
import { signedIn } from "./control";
import { mailServer, type MailServer, type Received } from "./mail-server";
import type { Story } from "./story";

/** The manager decides, then so many people of Payments for each count; emergencies are allowed. */
export const managerThen = (...counts: number[]) => [
  {
    name: "reviewed",
    when: "true",
    outcome: {
      kind: "review",
      steps: [
        { anyOf: [{ who: { kind: "manager" }, count: 1 }] },
        ...counts.map((count) => ({ anyOf: [{ who: { kind: "group", group: "payments" }, count }] })),
      ],
    },
    breakGlass: true,
  },
];

/** Gives a test file a real mail server, and the settings that name it. Call it before the control database is opened. */
export function useMailServer(): MailServer {
  const server = mailServer();
  beforeAll(async () => {
    process.env["GLIMPSE_SMTP_URL"] = await server.open();
    process.env["GLIMPSE_MAIL_FROM"] = "glimpse@marigold.example";
  });
  afterAll(() => server.close());
  return server;
}

/** Gives the tests of a file turns of collecting and sending, each test with an empty outbox and that policy. */
export function useMail(story: Story, post: MailServer) {
  const clock = () => readClock(systemContext());
  /** What was received of all that has happened by this moment. */
  const received = async (now?: Date): Promise<Received[]> => {
    const at = now ?? (await clock());
    await collectMail(systemContext(), at);
    await sendMail(systemContext(), { msAtMost: 20_000, stopping: new AbortController().signal, now: at });
    return post.received.splice(0);
  };
  const mailOf = async (who: Context) => {
    const [row] = await story.control.owner<{ email: string }[]>`
      SELECT email FROM people WHERE id = ${who.actor.personId}`;
    return row!.email;
  };
  beforeEach(async () => {
    await activePolicy(story, managerThen());
    await collectMail(systemContext(), await clock());
    await story.control.owner`DELETE FROM glimpse_jobs.mail`;
    post.received.length = 0;
  });
  return {
    clock,
    received,
    mailOf,
    /** The same as lines "to: subject", in the order of the alphabet. */
    told: async (now?: Date) =>
      inOrder((await received(now)).map(({ to, headers }) => `${to.join()}: ${headers.get("subject")}`)),
    line: async (who: Context, subject: string) => `${await mailOf(who)}: Glimpse: ${subject}`,
    wish: (who: Context, change: Record<string, string>, version = 0) =>
      changeWishes(who, wishesSchema.parse({ ...noWish, version: String(version), ...change })),
    boss: (name: string) => signedIn(story.control, { name, roles: ["agent", "approver"] }),
    agentOf: (manager: Context) =>
      signedIn(story.control, { name: "Tess", roles: ["agent"], managerId: manager.actor.personId }),
  };
}

const noWish = { digestHour: "8", quietFrom: "", quietUntil: "" };

export const inOrder = (lines: readonly string[]) => lines.toSorted((one, other) => one.localeCompare(other));

/** Quiet hours from the hour before this one until the end of the third from now, in UTC. */
export function quietAround(now: Date): { quietFrom: string; quietUntil: string } {
  const hour = now.getUTCHours();
  return { quietFrom: String((hour + 23) % 24), quietUntil: String((hour + 3) % 24) };
}
