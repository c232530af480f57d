import { refusal } from './refuse.ts';
import type { CheckpointFile } from './checkpoint-file.ts';

/** One stored (never compressed) file of a zip archive. Source: PKWARE's APPNOTE, sections 4.3 and 4.5. */
export interface ZipEntry {
  name: string;
  /** Of its first byte in the archive. */
  position: number;
  size: number;
}

/** Some 100 bytes for each file: real ones are below half a megabyte. */
const LONGEST_DIRECTORY = 1_000_000;
const END = { signature: 0x0605_4b50, bytes: 22, longestComment: 65_535 };
const ZIP64_LOCATOR = { signature: 0x0706_4b50, bytes: 20 };
const ZIP64_END = { signature: 0x0606_4b50, bytes: 56 };
const CENTRAL = { signature: 0x0201_4b50, bytes: 46 };
const LOCAL = { signature: 0x0403_4b50, bytes: 30 };
const ZIP64_EXTRA = 1;

interface CentralEntry {
  name: string;
  method: number;
  size: number;
  localPosition: number;
}

/**
 * Lists a zip archive whose files are stored as they are, as PyTorch writes it. Anything compressed is refused, so that
 * no archive can become larger than it is.
 */
export async function readZipDirectory(file: CheckpointFile): Promise<Map<string, ZipEntry>> {
  const { start, length } = await findDirectory(file);
  if (length > LONGEST_DIRECTORY) throw refusal(file.path, `its list of files takes ${length} bytes`);
  const listed = parseDirectory(file, await file.read(start, length));
  const entries = new Map<string, ZipEntry>();
  let reached = 0;
  for (const entry of listed.toSorted((a, b) => a.localPosition - b.localPosition)) {
    if (entry.method !== 0) {
      const reason = `its part ${entry.name} is compressed, and would be unpacked to ${entry.size} bytes: PyTorch stores checkpoints uncompressed`;
      throw refusal(file.path, reason);
    }
    if (entry.localPosition < reached)
      throw refusal(file.path, `its part ${entry.name} overlaps the part before it`);
    const position = await skipLocalHeader(file, entry);
    reached = position + entry.size;
    if (reached > start) throw refusal(file.path, `its part ${entry.name} reaches beyond the parts' end`);
    entries.set(entry.name, { name: entry.name, position, size: entry.size });
  }
  return entries;
}

async function findDirectory(file: CheckpointFile): Promise<{ start: number; length: number }> {
  const tailLength = Math.min(file.size, END.bytes + END.longestComment + ZIP64_LOCATOR.bytes);
  const tail = await file.read(file.size - tailLength, tailLength);
  const end = lastSignature(tail, END.signature, tailLength - END.bytes);
  if (end < 0) throw refusal(file.path, 'no zip end record was found: it is truncated');
  const locator = end - ZIP64_LOCATOR.bytes;
  if (locator >= 0 && tail.readUInt32LE(locator) === ZIP64_LOCATOR.signature) {
    const record = await file.read(toNumber(tail, locator + 8), ZIP64_END.bytes);
    if (record.readUInt32LE(0) !== ZIP64_END.signature) throw refusal(file.path, 'its zip64 record is damaged');
    return { length: toNumber(record, 40), start: toNumber(record, 48) };
  }
  return { length: tail.readUInt32LE(end + 12), start: tail.readUInt32LE(end + 16) };
}

function lastSignature(bytes: Buffer, signature: number, from: number): number {
  for (let at = from; at >= 0; at--) if (bytes.readUInt32LE(at) === signature) return at;
  return -1;
}

function parseDirectory(file: CheckpointFile, bytes: Buffer): CentralEntry[] {
  const entries: CentralEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const damaged = () => refusal(file.path, `its list of files is damaged after ${entries.length} files`);
    if (at + CENTRAL.bytes > bytes.length || bytes.readUInt32LE(at) !== CENTRAL.signature) throw damaged();
    const nameStart = at + CENTRAL.bytes;
    const nameEnd = nameStart + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const next = extraEnd + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw damaged();
    const large = findZip64(bytes.subarray(nameEnd, extraEnd));
    entries.push({
      name: bytes.toString('utf8', nameStart, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      ...readSizes(bytes, at, large, damaged),
    });
    at = next;
  }
  return entries;
}

/** What does not fit 32 bits stands in the zip64 field, in this order and only where it does not fit. */
function readSizes(bytes: Buffer, at: number, large: Buffer, damaged: () => Error) {
  let used = 0;
  const widen = (value: number) => {
    if (value !== 0xffff_ffff) return value;
    if (used + 8 > large.length) throw damaged();
    used += 8;
    return toNumber(large, used - 8);
  };
  const size = widen(bytes.readUInt32LE(at + 24));
  const packedSize = widen(bytes.readUInt32LE(at + 20));
  const localPosition = widen(bytes.readUInt32LE(at + 42));
  if (bytes.readUInt16LE(at + 10) === 0 && packedSize !== size) throw damaged();
  return { size, localPosition };
}

function findZip64(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) return extra.subarray(at + 4, end);
    at = end;
  }
  return extra.subarray(0, 0);
}

/** The local header may be padded otherwise than the central one says: PyTorch aligns its data so. */
async function skipLocalHeader(file: CheckpointFile, { name, localPosition }: CentralEntry): Promise<number> {
  const header = await file.read(localPosition, LOCAL.bytes);
  if (header.readUInt32LE(0) !== LOCAL.signature) throw refusal(file.path, `its part ${name} is not there`);
  return localPosition + LOCAL.bytes + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Beyond 2 ** 53 no file reaches, and every number is refused where it is used. */
function toNumber(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}
