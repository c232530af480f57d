/** Just enough of protobuf's wire format to write ONNX: varints, fixed 32-bit floats and length-delimited fields. */

export type Field = Buffer;

export function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(fields);
}

/** A non-negative integer, or a negative one as 64-bit two's complement. */
export function integer(number: number, value: number | bigint): Field {
  return Buffer.concat([varint(BigInt(number << 3)), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function float(number: number, value: number): Field {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(BigInt((number << 3) | 5)), bytes]);
}

/** A text, bytes, or a message within this one. */
export function bytes(number: number, value: string | Uint8Array): Field {
  const content = Buffer.from(value as Uint8Array);
  return Buffer.concat([varint(BigInt((number << 3) | 2)), varint(BigInt(content.length)), content]);
}

function varint(value: bigint): Buffer {
  const digits: number[] = [];
  let rest = value;
  while (rest >= 128n) {
    digits.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...digits, Number(rest)]);
}
