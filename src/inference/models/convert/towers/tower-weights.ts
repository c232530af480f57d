import { createHash } from 'node:crypto';
import { refusal } from '../checkpoint/refuse.ts';
import { countOf } from '../checkpoint/tensor.ts';
import type { Tensor, Tensors } from '../checkpoint/tensor.ts';

/** The tensors of one tower under canonical names. Remembers which were asked for: those decide its vectors. */
export class TowerWeights {
  readonly file: string;
  readonly #tensors: Tensors;
  readonly #used = new Map<string, Tensor>();

  constructor(file: string, tensors: Tensors) {
    this.file = file;
    this.#tensors = tensors;
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** A size of undefined may be any. Throws MODEL_NOT_AVAILABLE when there is no such tensor of that shape. */
  get(name: string, ...shape: (number | undefined)[]): Tensor {
    const tensor = this.#tensors.get(name);
    const remedy = 'Check that config and weights belong to one model, and to a family that docs/models.md lists.';
    if (!tensor) throw refusal(this.file, `it has no tensor ${name}`, remedy);
    const fits =
      tensor.shape.length === shape.length &&
      shape.every((size, axis) => size === undefined || size === tensor.shape[axis]);
    if (!fits) {
      const expected = shape.map((size) => size ?? 'any').join(', ');
      const reason = `its tensor ${tensor.name} is [${tensor.shape.join(', ')}], where [${expected}] was expected`;
      throw refusal(this.file, reason, remedy);
    }
    this.#used.set(name, tensor);
    return tensor;
  }

  /** A tensor of one number, which stands beside the towers and decides neither. */
  async readNumber(name: string): Promise<number | undefined> {
    return (await this.#tensors.get(name)?.read())?.[0];
  }

  /** How many layers stand under `prefix`, as in `encoder.layers.0.`, `encoder.layers.1.`. */
  countLayers(prefix: string): number {
    const numbers = [...this.#tensors.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => Number(name.slice(prefix.length).split('.')[0]));
    return Math.max(-1, ...numbers) + 1;
  }

  /** Numbers in all tensors that were asked for. */
  get parameters(): number {
    return [...this.#used.values()].reduce((sum, { shape }) => sum + countOf(shape), 0);
  }

  /** sha256, hex, of `shape` and of every tensor that was asked for: one at a time, by name. */
  async hash(shape: unknown): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify(shape));
    for (const name of [...this.#used.keys()].toSorted()) {
      const tensor = this.#used.get(name)!;
      hash.update(`\0${name}\0${tensor.shape.join()}\0`);
      for await (const part of tensor.readParts()) hash.update(part);
    }
    return hash.digest('hex');
  }
}
