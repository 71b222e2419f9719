/** How many tests and checks of a run passed, failed and were skipped. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The closing line that scripts look for. */
export function closingLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

/** A run that failed outside every test, as in a global set-up, is one failure. */
export function withExitCode(counts: Counts, code: number | null): Counts {
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
