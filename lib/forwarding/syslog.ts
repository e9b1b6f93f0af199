import type { AuditEntry } from "@/lib/audit/entry";

/** The facility of a log of audit (13), and the severity: alert, error, warning, informational. RFC 5424 section 6.2.1. */
function priority({ code, outcome }: AuditEntry): number {
  const severity = code === "audit.check_failed" ? 1 : { failure: 3, refused: 4, success: 6 }[outcome];
  return 13 * 8 + severity;
}

/**
 * A message of RFC 5424 with its length before it, as RFC 5425 section 4.3 frames it. The length counts octets, so that
 * nothing inside of a message can end it. `message` stands as it is and must be one line.
 */
export function syslogFrame(entry: AuditEntry, host: string, message: string): Buffer {
  const whole = Math.floor(entry.occurredUs / 1_000_000);
  const micros = String(entry.occurredUs % 1_000_000).padStart(6, "0");
  const time = `${new Date(whole * 1000).toISOString().slice(0, 19)}.${micros}Z`;
  const place = (entry.seq % 2_147_483_647) + 1;
  const words = [
    `<${priority(entry)}>1`,
    time,
    word(host, 255),
    "glimpse",
    "-",
    word(entry.code, 32),
    `[meta sequenceId="${place}"]`,
    message,
  ];
  const bytes = Buffer.from(words.join(" "), "utf8");
  return Buffer.concat([Buffer.from(`${bytes.length} `, "ascii"), bytes]);
}

/** PRINTUSASCII of RFC 5424: no space, nothing else. */
function word(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, "_").slice(0, longest) || "-";
}
