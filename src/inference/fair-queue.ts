/**
 * First come, first served within a tenant; turn by turn between tenants, so that a tenant with a thousand images
 * delays one with a single image by one turn. Every operation is O(1).
 */
export class FairQueue<Item extends { tenantId: string }> {
  /** In order of turns: a tenant that had its turn goes to the end. A Set keeps order and deletes at once. */
  readonly #tenants = new Map<string, Set<Item>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: Item): void {
    let items = this.#tenants.get(item.tenantId);
    if (!items) this.#tenants.set(item.tenantId, (items = new Set()));
    items.add(item);
    this.#size++;
  }

  /** Takes out an item that no longer waits, if it is here. */
  delete(item: Item): void {
    const items = this.#tenants.get(item.tenantId);
    if (!items?.delete(item)) return;
    this.#size--;
    if (items.size === 0) this.#tenants.delete(item.tenantId);
  }

  /** Takes up to `count` items, one from each tenant in turn. */
  take(count: number): Item[] {
    const taken: Item[] = [];
    while (taken.length < count) {
      const [next] = this.#tenants;
      if (!next) break;
      const [tenantId, items] = next;
      const [item] = items;
      this.#tenants.delete(tenantId);
      items.delete(item!);
      if (items.size > 0) this.#tenants.set(tenantId, items);
      this.#size--;
      taken.push(item!);
    }
    return taken;
  }
}
