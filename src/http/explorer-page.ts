import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import type { Explorer } from '../explorer/explorer.ts';
import type { Step } from './locals.ts';

/**
 * Scripts, workers and connections of this server only. Its editor writes style elements and attributes, which no
 * nonce covers: styles may stand in the page, scripts may not.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const NOTE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Names of assets carry the hash of their content. */
const ASSET_CACHING = 'public, max-age=31536000, immutable';

/** GraphiQL and its files; until it is built, a page that says so and looks again by itself. */
export function serveExplorer(explorer: Explorer): Router {
  const router = Router({ strict: true });
  router.get('/graphiql', answerPage(explorer));
  // Relative links of the page start from its own place.
  router.get('/graphiql/', (_request, response) => response.redirect(308, '../graphiql'));
  router.use('/graphiql/assets', serveAssets(explorer));
  return router;
}

/** What is not there goes on to the next step. */
function serveAssets(explorer: Explorer): RequestHandler {
  let serve: RequestHandler | undefined;
  return (request, response, next) => {
    const { state } = explorer;
    if (state.kind !== 'ready') return next();
    serve ??= express.static(join(state.directory, 'assets'), {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (found) => void found.setHeader('Cache-Control', ASSET_CACHING),
    });
    return serve(request, response, next);
  };
}

function answerPage(explorer: Explorer): Step {
  return async (_request, response) => {
    const { state } = explorer;
    if (state.kind === 'ready') {
      response.set('Content-Security-Policy', PAGE_POLICY).type('html');
      response.send(await readFile(join(state.directory, 'index.html'), 'utf8'));
      return;
    }
    const building = state.kind === 'building';
    response.status(503).set('Content-Security-Policy', NOTE_POLICY).type('html');
    if (building) response.set('Retry-After', '3');
    response.send(building ? note(BUILDING, '<meta http-equiv="refresh" content="3">') : note(FAILED));
  };
}

const BUILDING =
  'GraphiQL is being built, once after each installation; that takes a minute at most. This page looks again by itself. The API serves meanwhile.';
const FAILED =
  'GraphiQL could not be built. The log of the server says why, and the next start tries again. The API serves all the same.';

function note(text: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>Taxolens GraphiQL</title></head><body><p>${text}</p></body></html>`;
}
