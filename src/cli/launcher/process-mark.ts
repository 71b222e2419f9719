import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as it can be recognised later: numbers are given out again, so its start time goes with it. */
export interface ProcessMark {
  pid: number;
  mark: string;
}

/** The mark of a running process; null when there is none of that number. */
export function markOf(pid: number): ProcessMark | null {
  try {
    return { pid, mark: process.platform === 'linux' ? linuxMark(pid) : otherMark(pid) };
  } catch {
    return null;
  }
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  return markOf(process.pid) ?? { pid: process.pid, mark: '' };
}

/** Whether the very process that left the mark still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.mark === mark.mark;
}

/** Boot and clock ticks since boot. A zombie has ended; only its number is still taken. */
function linuxMark(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') throw new Error('ended');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${fields[19]}`;
}

function otherMark(pid: number): string {
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}
