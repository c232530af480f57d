import { levels } from 'pino';

/** Known from the line itself, or of use to machines only. */
const HIDDEN = new Set(['level', 'time', 'msg', 'err']);

/** What a terminal would obey, save the end of a line: part of it may come from a stranger. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/**
 * A line of the log as a person reads it: `12:00:00 warn  what happened  key=value`, the stack of an error below it.
 * What is no JSON stays as it is.
 */
export function toTerminalLine(json: string): string {
  const entry = parse(json);
  if (!entry) return json;
  const { level, time, msg, err } = entry;
  const facts = Object.entries(entry)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = `${String(time).slice(11, 19)} ${levels.labels[Number(level)]?.padEnd(5)} ${String(msg)}`;
  return `${[head, ...facts].join('  ')}\n${describeError(err)}`.replaceAll(CONTROL, '?');
}

function describeError(err: unknown): string {
  const { stack, message } = (err ?? {}) as { stack?: string; message?: string };
  const text = stack ?? message;
  return text === undefined ? '' : `${text.replaceAll(/^/gm, '    ')}\n`;
}

function parse(json: string): Record<string, unknown> | null {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return null;
  }
}
