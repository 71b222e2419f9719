import type { Reporter, TestModule } from 'vitest/node';
import { closingLine, withExitCode, type Counts } from '../../src/cli/launcher/closing-line.ts';

/** Counts single tests; a file that could not even be loaded, or an error outside any test, is one failure. */
function countTests(modules: readonly TestModule[], errorsOutside: number): Counts {
  const counts: Counts = { passed: 0, failed: errorsOutside, skipped: 0 };
  for (const module of modules) {
    let failed = 0;
    for (const test of module.children.allTests()) {
      const state = test.result().state;
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') failed += 1;
      else counts.skipped += 1;
    }
    counts.failed += failed === 0 && !module.ok() ? 1 : failed;
  }
  return counts;
}

/** Ends a run with the closing line; under `npm test` hands the counts to it instead, which adds its checks. */
export class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = countTests(modules, errors.length);
    if (process.send) process.send(counts);
    else process.once('exit', (code) => process.stdout.write(`${closingLine(withExitCode(counts, code))}\n`));
  }
}
