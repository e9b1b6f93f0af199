import "server-only";
import { lookForAnomaliesJob, tendAnomalies } from "@/lib/anomalies/tend-anomalies";
import { startKeepingLog } from "@/lib/audit/keep-log";
import { logComplaint, logSettings } from "@/lib/audit/log-settings";
import { giveUpDiscovery, tendDiscoveries, workAtDiscovery } from "@/lib/catalog/tend-discoveries";
import { checkControlDatabase } from "@/lib/db/check-control-database";
import { tendDownloads } from "@/lib/downloads/tend-downloads";
import { env, envComplaints } from "@/lib/env";
import { startSweeper } from "@/lib/expiry/sweeper";
import { forwardComplaint } from "@/lib/forwarding/forward-settings";
import { startForwarding } from "@/lib/forwarding/keep-forwarding";
import { startJobs } from "@/lib/jobs/run-jobs";
import { mailCheckpoint } from "@/lib/mail/mail-checkpoint";
import { collectMailJob, sendMailJob, tendMail, tendMailByTheMinute } from "@/lib/mail/tend-mail";
import { tendPruning } from "@/lib/retention/tend-pruning";
import { pruneLog } from "@/lib/retention/prune-log";
import { offerFirstAdmin } from "@/lib/people/offer-first-admin";
import { tendSchedules } from "@/lib/reports/tend-schedules";

/** Checks all that Glimpse needs before the first request; ends the process with a clear message when one is missing. */
export async function startUp(): Promise<void> {
  refuseToStart(envComplaints());
  refuseToStart([logComplaint(), forwardComplaint()].filter((complaint) => complaint !== null));
  const { complaints, warnings } = await checkControlDatabase();
  refuseToStart(complaints);
  for (const warning of [...warnings, ...settingWarnings()]) say(`Glimpse warns: ${warning}.`);
  const link = await offerFirstAdmin();
  if (link) {
    say(
      `\nThere is no admin yet. Whoever opens this link becomes the first; it works once, for a day after it was first printed:\n\n  ${link}\n`,
    );
  }
  startSweeper();
  startKeepingLog(mailCheckpoint);
  startForwarding();
  startJobs({
    workers: {
      discovery: workAtDiscovery,
      "discovery-lost": giveUpDiscovery,
      "mail-collect": collectMailJob,
      "mail-send": sendMailJob,
      anomalies: lookForAnomaliesJob,
      "audit-prune": pruneLog,
    },
    everyMinute: async (send) => {
      // None waits for what another throws.
      const all = await Promise.allSettled([
        tendDiscoveries(send),
        tendMailByTheMinute(),
        tendAnomalies(send),
        tendSchedules(),
        tendPruning(send),
        tendDownloads(),
      ]);
      for (const one of all) if (one.status === "rejected") throw one.reason;
    },
    everyFewSeconds: tendMail,
  });
}

function settingWarnings(): string[] {
  const { demo, publicUrl } = env();
  const { protocol, hostname } = new URL(publicUrl);
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return [
    ...(logSettings().mail !== null && env().mail === null
      ? ["GLIMPSE_LOG_MAIL is set and GLIMPSE_SMTP_URL is not: no checkpoint is sent by e-mail"]
      : []),
    ...(demo ? ["this is the demo, in which everybody can become any of its people (GLIMPSE_DEMO)"] : []),
    ...(logSettings().key === null
      ? ["GLIMPSE_LOG_KEY is missing: the audit log is not signed (npm run audit:key makes one)"]
      : []),
    ...(protocol === "https:" || local
      ? []
      : ["NEXTAUTH_URL is not https: passwords and sessions can be read on the way"]),
  ];
}

function refuseToStart(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  for (const complaint of complaints) say(`Glimpse cannot start: ${complaint}.`);
  process.exit(1);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
