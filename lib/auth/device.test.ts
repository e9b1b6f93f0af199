import fc from "fast-check";
import { expect, test } from "vitest";
import { deviceInWords, originOf } from "./device";

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36 Edg/138.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  ["curl/8.5.0", "Unknown browser"],
  [null, "Unknown browser"],
])("a browser is named as its owner would: %s", (userAgent, words) => {
  expect(deviceInWords(userAgent)).toBe(words);
});

test("whatever a browser sends, the log gets a few words of ours and a number of this server", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (userAgent, webRequest) => {
      const origin = originOf(userAgent, webRequest);
      expect(origin.device).toMatch(/^[A-Za-z]+( (on|browser)( [A-Za-z]+)?)?$/);
      expect(origin.webRequest).toBeNull();
    }),
  );
  const id = "0b0e7a52-58a5-4f2c-9d0c-0d1b4c0f5a11";
  expect(originOf("curl/8.5.0", id)).toEqual({ device: "Unknown browser", webRequest: id });
});
