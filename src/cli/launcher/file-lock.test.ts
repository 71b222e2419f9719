import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { breakLock, readHolder, tryLock, withLock } from './file-lock.ts';
import { isRunning, markOf, ownMark } from './process-mark.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gm-lock-'));
  path = join(folder, 'lock.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The mark of a process that has ended. */
async function endedMark() {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 10_000)']);
  const mark = markOf(child.pid ?? 0);
  child.kill('SIGKILL');
  await new Promise((done) => child.once('exit', done));
  if (!mark) throw new Error('The process was not seen.');
  return mark;
}

test('one holds, the other is told who', () => {
  const first = tryLock(path, ownMark());
  expect('lock' in first).toBe(true);
  expect(tryLock(path, ownMark())).toEqual({ holder: ownMark(), alive: true });
  if ('lock' in first) first.lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a holder that was killed is recognised, and its lock can be broken', async () => {
  const ended = await endedMark();
  writeFileSync(path, JSON.stringify(ended));
  expect(tryLock(path, ownMark())).toEqual({ holder: ended, alive: false });
  breakLock(path, ended);
  expect('lock' in tryLock(path, ownMark())).toBe(true);
});

test('a number that was given out again is not taken for its former holder', () => {
  expect(isRunning({ ...ownMark(), mark: 'an earlier process' })).toBe(false);
});

test('breaking a lock that somebody else has taken since leaves it to them', async () => {
  const ended = await endedMark();
  tryLock(path, ownMark());
  breakLock(path, ended);
  expect(readHolder(path)).toEqual(ownMark());
});

test('work under the lock never overlaps, also after a dead holder', async () => {
  writeFileSync(path, JSON.stringify(await endedMark()));
  let inside = 0;
  let most = 0;
  const work = () =>
    withLock(path, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setTimeout(done, 5));
      inside -= 1;
    });
  await Promise.all([work(), work(), work(), work()]);
  expect(most).toBe(1);
});
