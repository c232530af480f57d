/** What a pickle may hold, and the few names by which it may ask for more than plain data. */

/** What a storage of that name holds, in safetensors' names. */
const STORAGES: Record<string, string> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};
const ORDERED_DICT = 'collections.OrderedDict';
const TENSOR = 'torch._utils._rebuild_tensor_v2';
const PARAMETER = 'torch._utils._rebuild_parameter';
const KNOWN = new Set([ORDERED_DICT, TENSOR, PARAMETER, ...Object.keys(STORAGES)]);

export class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class PickledStorage {
  /** Name of the file in the archive that holds its numbers. */
  readonly key: string;
  readonly dtype: string;
  readonly count: number;
  constructor(key: string, dtype: string, count: number) {
    this.key = key;
    this.dtype = dtype;
    this.count = count;
  }
}

export class PickledTensor {
  readonly storage: PickledStorage;
  /** In numbers, not bytes. */
  readonly offset: number;
  readonly shape: number[];
  readonly stride: number[];
  constructor(storage: PickledStorage, offset: number, shape: number[], stride: number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.stride = stride;
  }
}

/** Plain data: lists and tuples are arrays, dictionaries are maps, and integers beyond 2 ** 53 are not exact. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Pickled[]
  | Map<Pickled, Pickled>
  | Global
  | PickledStorage
  | PickledTensor;

/** Throws Error that says the name, unless it is one of the few. */
export function findGlobal(name: string): Global {
  if (KNOWN.has(name)) return new Global(name);
  throw new Error(`its pickle asks for ${name}, and may construct nothing but tensors`);
}

/** `id`: the tuple by which PyTorch refers to the numbers of a tensor. */
export function makeStorage(id: Pickled): PickledStorage {
  const [kind, type, key, , count] = Array.isArray(id) ? id : [];
  const dtype = type instanceof Global ? STORAGES[type.name] : undefined;
  if (kind !== 'storage' || !dtype || typeof key !== 'string' || !isCount(count))
    throw new Error('its pickle refers to a storage in a way that is not known');
  return new PickledStorage(key, dtype, count);
}

/** What calling `callee` would give, without calling anything. */
export function construct(callee: Pickled, values: Pickled): Pickled {
  const name = callee instanceof Global ? callee.name : 'what is no name';
  if (!Array.isArray(values)) throw new Error(`its pickle calls ${name} with what is no tuple`);
  if (name === ORDERED_DICT && values.length === 0) return new Map();
  if (name === PARAMETER && values[0] instanceof PickledTensor) return values[0];
  if (name === TENSOR) {
    const [storage, offset, shape, stride] = values;
    if (storage instanceof PickledStorage && isCount(offset) && isCounts(shape) && isCounts(stride))
      return new PickledTensor(storage, offset, shape, stride);
  }
  throw new Error(`its pickle calls ${name} with values that do not fit`);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);
