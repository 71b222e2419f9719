import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a file for this user only; what it holds survives a power cut, its name does after {@link sync} of the folder. */
export async function writeFlushed(path: string, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes what a file holds, or the names in a folder, survive a power cut. */
export async function sync(path: string): Promise<void> {
  // Flushes what any handle wrote, so opening for reading is enough.
  const opened = await open(path, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** Makes a folder with all that is below it survive a power cut. */
export async function syncTree(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) await syncTree(below);
    else await sync(below);
  }
  await sync(path);
}
