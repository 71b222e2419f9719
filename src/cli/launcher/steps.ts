import { startProgress, type Progress } from '../progress.ts';
import { Interrupted } from './lifetime.ts';

/** Tells what was done: `note` for the step's line, `value` for the caller. */
export interface StepResult<T> {
  note: string;
  value: T;
}

/** Runs one step of a start and prints its line with the time; shows progress after a second. */
export async function step<T>(
  name: string,
  work: (progress: Progress) => Promise<StepResult<T>>,
): Promise<T> {
  const began = performance.now();
  const progress = startProgress(process.stdout, name);
  try {
    const { note, value } = await work(progress);
    progress.end();
    line(`  ✓ ${name.padEnd(16)} ${note}  ${seconds(performance.now() - began)}`);
    return value;
  } catch (error) {
    progress.end();
    if (error instanceof Interrupted) throw error;
    line(`  ✗ ${name.padEnd(16)} failed after ${seconds(performance.now() - began)}`);
    throw error;
  }
}

export function line(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
