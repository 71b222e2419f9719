import { fileTypeFromBuffer } from 'file-type';
import { acceptedMediaType } from '#lib/domain/document/file.ts';

/**
 * The media type of a file by its content; null when it is none that is taken. Names and what the browser says play
 * no part. A Hangul document (HWPX) says what it is in its first entry, as OCF containers do.
 */
export async function mediaTypeOf(bytes: Uint8Array): Promise<string | null> {
  const container = containerType(bytes);
  if (container !== null) return acceptedMediaType(container);
  const detected = await fileTypeFromBuffer(bytes);
  return acceptedMediaType(detected?.mime ?? null);
}

/** Content of a leading, uncompressed ZIP entry called `mimetype`; null when there is none. */
function containerType(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 38 || view.getUint32(0, true) !== 0x04034b50 || view.getUint16(8, true) !== 0)
    return null;
  const size = view.getUint32(18, true);
  const nameLength = view.getUint16(26, true);
  const extraLength = view.getUint16(28, true);
  const start = 30 + nameLength + extraLength;
  const text = new TextDecoder('latin1');
  if (text.decode(bytes.subarray(30, 30 + nameLength)) !== 'mimetype' || size > 100) return null;
  return text.decode(bytes.subarray(start, start + size)).trim();
}
