/** Takes a file from an address while showing how far it is; the link itself does the same without a script. */

export type DownloadFailure = { code: 'too-many'; seconds: number } | { code: 'failed' };

/** How long a file may take before one is told how far it is, in milliseconds. */
export const TELL_AFTER_MS = 1000;

export interface Downloaded {
  name: string;
  body: Blob;
}

/**
 * Fetches a file.
 * @param told called with the bytes received so far
 */
export async function fetchFile(
  address: string,
  signal: AbortSignal,
  told: (bytes: number) => void,
): Promise<Downloaded | DownloadFailure> {
  const answer = await fetch(address, { signal, headers: { accept: 'application/problem+json, */*' } });
  if (answer.status === 429)
    return { code: 'too-many', seconds: Number(answer.headers.get('retry-after') ?? '60') };
  if (!answer.ok || answer.body === null) return { code: 'failed' };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    bytes += read.value.length;
    told(bytes);
  }
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  const name = /filename="([^"]+)"/u.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  return { name: name ?? 'gwangmaek', body: new Blob(parts, { type }) };
}

/** Hands a file to the reader as the browser does with any download. */
export function keep({ name, body }: Downloaded): void {
  const address = URL.createObjectURL(body);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to write by then; the memory is given back.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
