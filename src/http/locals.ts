import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Viewer } from '../tenancy/viewer.ts';
import type { GateStay } from './request-gate.ts';

/** What the steps of one HTTP request know of it, in the order in which they learn it. */
export interface Locals {
  requestId: string;
  logger: Logger;
  /** Aborted when the client has left before it was answered. */
  signal: AbortSignal;
  /** Of a request that has passed the gate before its body. */
  gateStay?: GateStay;
  /** From `requireCredential` on. */
  viewer: Viewer;
  /** Whether it came with GET. From `readQueryString` on. */
  readOnly: boolean;
  /** What the body takes in memory, counted as it came; not there without one. From `readBody` on. */
  bodyBytes?: number;
  /** Of the JSON that the operation stands in: the whole body, or a form's `operations`. */
  operationBytes?: number;
}

export type Answer = Response<unknown, Locals>;

/** One step. Whatever it throws, the error handler answers. */
export type Step = (request: Request, response: Answer, next: NextFunction) => void | Promise<void>;
