/**
 * The Content-Security-Policy of a page: scripts by nonce alone, nothing from elsewhere, no frame around us.
 * Style attributes are allowed because React writes them into HTML; with img-src at home they can send nothing.
 */
export function contentSecurityPolicy(
  nonce: string,
  where: { https: boolean; development: boolean },
): string {
  // React's error overlay evaluates text and hot reloading opens a socket: in development alone.
  const [evaluate, sockets, styles] = where.development
    ? [" 'unsafe-eval'", " ws:", "'self' 'unsafe-inline'"]
    : ["", "", `'self' 'nonce-${nonce}'`];
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    `style-src ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(where.https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
