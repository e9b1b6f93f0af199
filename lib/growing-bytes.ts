const QUOTE = 0x22;

/**
 * Text as bytes of UTF-8, one piece after the other in one piece of memory that grows: to put all of a batch into one long
 * text first takes several times as long.
 */
export class GrowingBytes {
  #bytes: Buffer;
  #end = 0;
  /** Room for what is written in another way than it is given. */
  #aside = Buffer.allocUnsafe(4096);

  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(room);
  }

  /** Writes a text as it is. */
  write(text: string): void {
    this.#makeRoom(mostBytes(text));
    this.#end += this.#bytes.write(text, this.#end);
  }

  /** Writes a text between quotes, each quote in it twice: as CSV has it, in a third of the time that a copy in quotes takes. */
  writeQuoted(text: string): void {
    const most = mostBytes(text);
    if (most > this.#aside.length) this.#aside = Buffer.allocUnsafe(most * 2);
    const aside = this.#aside;
    const length = aside.write(text);
    this.#makeRoom(length * 2 + 2);
    const bytes = this.#bytes;
    let end = this.#end;
    bytes[end++] = QUOTE;
    for (let at = 0; at < length; at++) {
      const byte = aside[at] as number;
      bytes[end++] = byte;
      if (byte === QUOTE) bytes[end++] = QUOTE;
    }
    bytes[end++] = QUOTE;
    this.#end = end;
  }

  /** All that was written. Nothing may be written afterwards. */
  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  #makeRoom(wanted: number): void {
    const most = this.#end + wanted;
    if (most > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes.subarray(0, this.#end)], most * 2);
  }
}

/** No unit of a text takes more than three bytes. */
const mostBytes = (text: string) => text.length * 3;
