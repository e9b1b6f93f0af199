import type { Said } from "@/lib/mail/words";

/** A message as it is handed to a server: both parts say the same. */
export type Message = { subject: string; text: string; html: string };

const mostLines = 50;

/**
 * Words of ours and names of theirs as one line: without characters that end a header, turn text round or cannot be
 * seen, and without what a mail program would make a link of.
 */
export function oneLine(text: string, most = 200): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, " ")
    .replaceAll(/:\/\/|\bwww\./giu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return [...line].length <= most ? line : `${[...line].slice(0, most - 1).join("")}…`;
}

/** One message of one thing or of several; links begin with the public address and lead nowhere else. */
export function messageOf(said: readonly Said[], publicUrl: string): Message {
  const base = publicUrl.replace(/\/+$/, "");
  const shown = said.slice(0, mostLines);
  const more = said.length - shown.length;
  const subject = said.length === 1 ? (said[0]?.subject ?? "") : `${said.length} notices`;
  const lines = shown.map((one) => ({
    title: oneLine(one.subject),
    text: oneLine(one.text, 600),
    button: one.button,
    href: `${base}${one.path}`,
  }));
  const moreWords = more > 0 ? `${more} more are in Glimpse.` : "";
  const why = "This message holds no value and no reason: they are on its page, for whoever may see them.";
  const wishes = { words: "What you are told, and when", href: `${base}/settings/mail` };
  return {
    subject: oneLine(`Glimpse: ${subject}`, 150),
    text: [
      ...lines.map(({ title, text, button, href }) => `${title}\n${text}\n${button}: ${href}`),
      ...(moreWords ? [moreWords] : []),
      `-- \n${why}\n${wishes.words}: ${wishes.href}`,
    ].join("\n\n"),
    html: htmlOf(lines, moreWords, why, wishes),
  };
}

type Line = { title: string; text: string; button: string; href: string };

/** Nothing is fetched when it is opened: no image, no font, no style from anywhere. */
function htmlOf(
  lines: readonly Line[],
  more: string,
  why: string,
  wishes: { words: string; href: string },
): string {
  const items = lines.map(
    ({ title, text, button, href }) =>
      `<div class="item" style="border-top:1px solid #d8dce3;padding:16px 0"><h2 style="margin:0 0 4px;font-size:16px;line-height:1.4">${escaped(title)}</h2><p style="margin:0 0 12px">${escaped(text)}</p><a class="go" href="${escaped(href)}" style="display:inline-block;background:#1f4fa3;color:#ffffff;text-decoration:none;border-radius:6px;padding:7px 14px;font-weight:600">${escaped(button)}</a></div>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>Glimpse</title><style>@media (prefers-color-scheme:dark){body,.page{background:#14171c!important;color:#e6e9ee!important}.item{border-color:#39404b!important}.go{background:#9fc0ff!important;color:#10203c!important}.foot,.foot a{color:#a7afbb!important;border-color:#39404b!important}}</style></head><body style="margin:0;background:#f7f8fa;color:#1b1f26"><div class="page" style="max-width:560px;margin:0 auto;padding:24px 20px;background:#f7f8fa;color:#1b1f26;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif"><p style="margin:0 0 16px;font-weight:700">Glimpse</p>${items.join("")}${more ? `<p>${escaped(more)}</p>` : ""}<p class="foot" style="border-top:1px solid #d8dce3;margin:8px 0 0;padding-top:12px;font-size:13px;color:#5b6472">${escaped(why)}<br><a href="${escaped(wishes.href)}" style="color:#5b6472">${escaped(wishes.words)}</a></p></div></body></html>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as HTML shows it. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
}
