/**
 * The path of ours that a link asks for after sign-in, else "/". Refuses whatever a browser could read as another
 * site: schemes, "//host", backslashes, and the control characters that browsers drop from addresses.
 */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > 2000) return "/";
  if (!/^\/(?!\/)[^\\\p{Cc}\s]*$/u.test(wanted)) return "/";
  const url = URL.canParse(wanted, "http://glimpse.invalid")
    ? new URL(wanted, "http://glimpse.invalid")
    : null;
  // "/.//host" is ours when read here, but normalises to a path that the next reader takes for a host.
  if (!url || url.host !== "glimpse.invalid" || url.pathname.startsWith("//")) return "/";
  if (/^\/(sign-in|welcome|join|api)(\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
