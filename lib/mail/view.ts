/** How somebody may be told of a kind; a choice that they do not have says why. */
export type WishLine = {
  kind: string;
  title: string;
  help: string;
  chosen: string;
  choices: readonly { value: string; label: string; reason?: string }[];
  /** Whether it passes through quiet hours. */
  urgent: boolean;
};

/** What one is told by e-mail, and when; hours of one's own time zone. */
export type WishesView = {
  lines: readonly WishLine[];
  digestHour: number;
  quietFrom: number | null;
  quietUntil: number | null;
  zone: string;
  email: string;
  version: number;
  /** Whether e-mail is sent at all. */
  isOn: boolean;
};

/** How e-mail gets along, for admins. Never a name, an address or words of a server. */
export type MailState = {
  from: string;
  /** Events that nobody has looked at for a minute or longer. */
  unread: number;
  waiting: number;
  oldestAt: string | null;
  /** What went wrong last within a day, in words of ours. */
  failure: { words: string; at: string } | null;
  sentToday: number;
  failedToday: number;
  now: string;
};
