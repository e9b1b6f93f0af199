/** The schema of the control database in which jobs wait; nothing of the story is in it. */
export const jobSchema = "glimpse_jobs";

/**
 * What a job may carry: names of rows of ours, by which whoever takes it reads all else under the rights of that moment.
 * Never a value, a reason or a name of somebody (law 6).
 */
export type JobData = {
  /** Of what is worked at. */
  id: string;
  /** Of a key one job waits and one runs. */
  key: string;
};

export const queueNames = [
  "discovery",
  "discovery-lost",
  "mail-collect",
  "mail-send",
  "anomalies",
  "audit-prune",
] as const;
export type QueueName = (typeof queueNames)[number];

type QueueRules = {
  name: QueueName;
  policy: "standard" | "stately";
  retryLimit: number;
  expireInSeconds: number;
  deadLetter?: QueueName;
};

/** A job that nobody ended within these seconds belonged to a worker that is gone: another one takes it. */
const lostAfterSeconds = 60;

/** Every queue, a queue of lost jobs before the one that fills it. `stately`: of one key one waits and one runs. */
export const queues: readonly QueueRules[] = [
  { name: "discovery-lost", policy: "standard", retryLimit: 10, expireInSeconds: lostAfterSeconds },
  {
    name: "discovery",
    policy: "stately",
    retryLimit: 4,
    expireInSeconds: lostAfterSeconds,
    deadLetter: "discovery-lost",
  },
  // What is left to do stands in the outbox: a job that is lost is followed by the next.
  { name: "mail-collect", policy: "stately", retryLimit: 0, expireInSeconds: lostAfterSeconds },
  { name: "mail-send", policy: "stately", retryLimit: 0, expireInSeconds: lostAfterSeconds },
  // How far the log was looked at is kept beside the queue: whoever takes the next job goes on from there.
  { name: "anomalies", policy: "stately", retryLimit: 2, expireInSeconds: lostAfterSeconds },
  // What is left to prune stands in the log itself.
  { name: "audit-prune", policy: "stately", retryLimit: 0, expireInSeconds: lostAfterSeconds },
];
