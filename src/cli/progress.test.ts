import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describe as describeProgress, startProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('records, rate and time left', () => {
  expect(describeProgress(12_000, 100_000, 2000)).toBe('12,000 of 100,000, 6,000/s, 15 s left');
  expect(describeProgress(500, undefined, 1000)).toBe('500, 500/s');
  expect(describeProgress(0, 10, 3000)).toBe('3 s');
});

test('work that ends within a second shows nothing', () => {
  const out = stream(true);
  const progress = startProgress(out, 'import', 10);
  vi.advanceTimersByTime(900);
  progress.advance(10);
  progress.end();
  expect(out.written).toEqual([]);
});

test('a terminal line is renewed in place and cleaned at the end', () => {
  const out = stream(true);
  const progress = startProgress(out, 'import', 10);
  vi.advanceTimersByTime(1500);
  progress.advance(5);
  vi.advanceTimersByTime(400);
  expect(out.written.at(-1)?.startsWith('\r\x1b[K  … import: 5 of 10, ')).toBe(true);
  progress.end();
  expect(out.written.at(-1)).toBe('\r\x1b[K');
});

test('a file gets a line after a second and then every five', () => {
  const out = stream(false);
  const progress = startProgress(out, 'build');
  vi.advanceTimersByTime(12_000);
  progress.end();
  expect(out.written).toHaveLength(3);
  expect(out.written.every((line) => line.endsWith(' s\n'))).toBe(true);
});
