/**
 * For a process below the launcher: calls `stop` when the launcher is gone, and survives a closed terminal
 * or pipe. Call first.
 */
export function followLauncher(stop: () => void): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  if (!process.channel) return;
  process.channel.unref();
  process.on('disconnect', stop);
}

/** Tells the launcher that this process serves. */
export function reportReady(): void {
  if (process.connected) process.send?.('ready');
}
