/** Text for between tags and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return special.test(text) ? text.replaceAll(everySpecial, (sign) => entities[sign] ?? "") : text;
}

const special = /[&<>"'\0]/u;
const everySpecial = /[&<>"'\0]/gu;
const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\0": "\ufffd",
};

/** Attributes as they stand in a tag, a space before each; without those that have no value. */
export function attributesHtml(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeHtml(String(value))}"`))
    .join("");
}
