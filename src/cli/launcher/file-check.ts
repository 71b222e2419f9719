/**
 * Ends this process with a sentence when uploaded files cannot be kept where FILES_URL says. For web and worker that
 * run alone, as in containers; below the launcher, which has looked before it starts them, nothing is done: there a
 * store that is away for a while must not keep a killed process from coming back.
 */
export async function requireFileStore(): Promise<void> {
  if (process.channel) return;
  try {
    const { fileStore } = await import('#lib/server/platform/files.ts');
    await fileStore().check();
  } catch (error) {
    const { explain } = await import('./explain.ts');
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}
