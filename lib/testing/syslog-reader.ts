/** A message of RFC 5424 as a receiver reads it. */
export type SyslogMessage = {
  priority: number;
  time: string;
  host: string;
  app: string;
  id: string;
  message: string;
};

/**
 * Reads a stream of RFC 5425 as a receiver does, by counting octets: what is whole, and the bytes that are not yet. Throws
 * where a frame is none. It shares no line with what writes them.
 */
export function readFrames(bytes: Buffer): { messages: SyslogMessage[]; rest: Buffer } {
  const messages: SyslogMessage[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    if (space === -1) break;
    const length = bytes.toString("latin1", at, space);
    if (!/^[1-9]\d{0,5}$/.test(length)) throw new Error(`No length of a message: ${JSON.stringify(length)}`);
    const end = space + 1 + Number(length);
    if (end > bytes.length) break;
    messages.push(readMessage(bytes.toString("utf8", space + 1, end)));
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
}

/** RFC 5424 section 6. */
function readMessage(text: string): SyslogMessage {
  const found =
    /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) (\[(?:[^\]\\]|\\.)*\]|-) (.*)$/su.exec(
      text,
    );
  if (!found) throw new Error(`No message of RFC 5424: ${JSON.stringify(text)}`);
  const [, priority, time = "", host = "", app = "", , id = "", , message = ""] = found;
  return { priority: Number(priority), time, host, app, id, message };
}

/** Reads a line of CEF: its seven parts, and its fields with escapes undone. */
export function readCef(line: string): { header: string[]; fields: Map<string, string> } {
  const header: string[] = [];
  let part = "";
  let at = 0;
  for (; header.length < 7 && at < line.length; at++) {
    if (line[at] === "\\") part += line[++at] ?? "";
    else if (line[at] === "|") {
      header.push(part);
      part = "";
    } else part += line[at];
  }
  if (header.length !== 7 || header[0] !== "CEF:0") throw new Error(`No line of CEF: ${line}`);
  const fields = new Map<string, string>();
  // A value goes on up to the last space before the next name that an unescaped equals sign follows.
  const starts = [...line.slice(at).matchAll(/(?:^| )([A-Za-z0-9_.]+)=/g)];
  starts.forEach((start, index) => {
    const from = start.index + start[0].length;
    const value = line.slice(at).slice(from, starts[index + 1]?.index);
    const name = start[1] ?? "";
    if (fields.has(name)) throw new Error(`Twice: ${name}`);
    fields.set(
      name,
      value.replace(/\\([\\=nr])/g, (_, char: string) => ({ n: "\n", r: "\r" })[char] ?? char),
    );
  });
  return { header, fields };
}
