const MOST = 10_000;
/** Whose turns everybody takes who names a tenant that is not known. */
const STRANGERS = 'strangers';

/**
 * Tenants one of whose credentials was good lately. Anybody can make up a key that names a tenant, and a thousand
 * made-up tenants would have a thousand turns: until the look-up, all strangers together have those of one tenant.
 */
export class KnownTenants {
  readonly #known = new Set<string>();

  /** After a look-up that found the credential good. */
  add(tenantId: string): void {
    this.#known.delete(tenantId); // to the end: the first is the one that has not been seen for longest
    this.#known.add(tenantId);
    if (this.#known.size > MOST) this.#known.delete(this.#known.values().next().value!);
  }

  /** Whose turns a request takes that names this tenant, or none. */
  turnOf(tenantId: string | undefined): string {
    return tenantId !== undefined && this.#known.has(tenantId) ? tenantId : STRANGERS;
  }
}
