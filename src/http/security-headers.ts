import type { Step } from './locals.ts';

/** An API's answers are data: never sniffed, framed, cached by proxies, or a source of scripts. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export const setSecurityHeaders: Step = (_request, response, next) => {
  response.set(SECURITY_HEADERS);
  next();
};
