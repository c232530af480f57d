import type { AppError } from '../errors.ts';
import { readAllowance, roomAt, type Allowance, type Keeps, type Rate } from './allowance.ts';
import { chargeWork } from './charge.ts';
import type { Price } from './price.ts';
import { ClosedDoors } from './closed-doors.ts';
import { moreThanBurst, quotaExceeded, rateLimited, type LimitOf } from './quota-refusals.ts';
import type { TenantDb, Tx } from './tenant-db.ts';

/** Who pays. */
export interface Payer {
  tenantId: string;
  apiKeyId: string;
}

export interface WorkDone {
  images: number;
  classifications: number;
}

/** A part of the allowance that is kept for a request in progress. */
export interface Reservation {
  /** Of the tenant, read with the allowance. */
  keeps: Keeps;
  /**
   * Takes the price in the transaction of the work, so that both happen or neither. Throws as `reserve` does where
   * other processes have used up the allowance meanwhile.
   */
  charge(tx: Tx, done: WorkDone): Promise<void>;
  /** Gives up what is kept, charged or not. In `finally`, once. */
  release(): void;
}

const NOTHING: Price = { images: 0, weight: 0 };

/**
 * Refuses what a tenant or an API key may not use. A request passes three times: the door, before its body is read,
 * which knows who was refused just now; `reserve`, before its images are read, which counts the database's rows and
 * what this process has in progress; and `charge`, in the transaction of its work, which is exact.
 */
export class QuotaGate {
  readonly #db: TenantDb;
  readonly #doors = new ClosedDoors();
  /** By tenant and by key: prices of requests in progress. */
  readonly #inProgress = new Map<string, Price>();

  constructor(db: TenantDb) {
    this.#db = db;
  }

  /** A look before a body is read, without the database. Throws RATE_LIMITED or QUOTA_EXCEEDED. */
  checkDoor({ tenantId, apiKeyId }: Payer): void {
    this.#doors.check([tenantId, apiKeyId]);
  }

  /**
   * Keeps the price of a request for it. Throws RATE_LIMITED or QUOTA_EXCEEDED with `retryAfterMs`, and INVALID_INPUT
   * for more than a whole burst. A request whose idempotency key has its answer already passes freely.
   */
  async reserve(payer: Payer, price: Price, idempotencyKey: string | null): Promise<Reservation> {
    const subjects = [payer.tenantId, payer.apiKeyId];
    // Before the database is read: a request that commits meanwhile may then be counted twice, but never not at all.
    const ahead = new Map(subjects.map((subject) => [subject, this.#inProgress.get(subject) ?? NOTHING]));
    for (const subject of subjects) this.#add(subject, price, 1);
    const release = () => {
      for (const subject of subjects.splice(0)) this.#add(subject, price, -1);
    };
    try {
      const now = new Date();
      const allowance = await this.#db.withTenant(payer.tenantId, (tx) =>
        readAllowance(tx, { ...payer, idempotencyKey, now }),
      );
      if (!allowance.isAnswered) this.#check(allowance, { payer, price, ahead, now });
      const charge: Reservation['charge'] = (tx, done) =>
        chargeOrThrow(tx, { payer, price, allowance, done });
      return { charge, release, keeps: allowance.keeps };
    } catch (error) {
      release();
      throw error;
    }
  }

  #check(
    { rates, imagesPerMonth, imagesThisMonth }: Allowance,
    { payer, price, ahead, now }: { payer: Payer; price: Price; ahead: Map<string, Price>; now: Date },
  ): void {
    const nowMs = now.getTime();
    for (const rate of rates) {
      const { subjectId, imagesPerMinute } = rate;
      const of = limitOf(rate, payer);
      if (price.weight > imagesPerMinute) throw moreThanBurst(of, imagesPerMinute, price.weight);
      const at = roomAt(rate, price.weight + ahead.get(subjectId)!.weight, nowMs);
      if (at <= nowMs) continue;
      const refuse = (until: number) => rateLimited(of, imagesPerMinute, until - Date.now());
      const oneAt = roomAt(rate, 1, nowMs);
      this.#doors.close(subjectId, oneAt, () => refuse(oneAt));
      throw refuse(at);
    }
    if (imagesPerMonth === null) return;
    if (imagesThisMonth + ahead.get(payer.tenantId)!.images + price.images <= imagesPerMonth) return;
    const refuse = (): AppError => quotaExceeded(imagesPerMonth, new Date());
    if (imagesThisMonth >= imagesPerMonth) this.#doors.close(payer.tenantId, Infinity, refuse);
    throw refuse();
  }

  #add(subject: string, { images, weight }: Price, sign: 1 | -1): void {
    const before = this.#inProgress.get(subject) ?? NOTHING;
    const after = { images: before.images + sign * images, weight: before.weight + sign * weight };
    if (after.images === 0) this.#inProgress.delete(subject);
    else this.#inProgress.set(subject, after);
  }
}

async function chargeOrThrow(
  tx: Tx,
  work: { payer: Payer; price: Price; allowance: Allowance; done: WorkDone },
): Promise<void> {
  const { payer, price, allowance, done } = work;
  const now = new Date();
  const { tenantId } = payer;
  const refused = await chargeWork(tx, { tenantId, allowance, weight: price.weight, ...done, now });
  if (!refused) return;
  const { rates } = await readAllowance(tx, { ...payer, idempotencyKey: null, now });
  const full = rates.find(({ subjectId }) => refused.rates.some((rate) => rate.subjectId === subjectId));
  if (!full) throw quotaExceeded(allowance.imagesPerMonth ?? 0, now);
  const waitMs = roomAt(full, price.weight, now.getTime()) - now.getTime();
  throw rateLimited(limitOf(full, payer), full.imagesPerMinute, waitMs);
}

function limitOf({ subjectId }: Rate, { tenantId }: Payer): LimitOf {
  return subjectId === tenantId ? 'tenant' : 'API key';
}
