/** Progress of long work: records, rate and time left on a terminal, a line now and then in a file. */
export interface Progress {
  /** Counts further records as done. */
  advance(records?: number): void;
  /** Sets the number of records done, and the total when it has become known. */
  set(done: number, total?: number): void;
  /** Ends the display and leaves the terminal line clean. Harmless when called twice. */
  end(): void;
}

interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** Nothing is shown for work that ends within this time. */
const QUIET_MS = 1000;
const TERMINAL_EVERY_MS = 200;
const FILE_EVERY_MS = 5000;

/** Starts a display on `stream`. It keeps no process alive. */
export function startProgress(stream: Stream, label: string, total?: number): Progress {
  const terminal = stream.isTTY === true;
  const began = performance.now();
  let done = 0;
  let whole = total;
  let shownAt = 0;

  const show = () => {
    const elapsed = performance.now() - began;
    if (elapsed < QUIET_MS) return;
    if (elapsed - shownAt < (terminal ? TERMINAL_EVERY_MS : shownAt === 0 ? 0 : FILE_EVERY_MS)) return;
    shownAt = elapsed;
    const text = `  … ${label}: ${describe(done, whole, elapsed)}`;
    stream.write(terminal ? `\r\x1b[K${text}` : `${text}\n`);
  };
  const timer = setInterval(show, TERMINAL_EVERY_MS);
  timer.unref();

  return {
    advance(records = 1) {
      done += records;
      show();
    },
    set(records, newTotal) {
      done = records;
      if (newTotal !== undefined) whole = newTotal;
      show();
    },
    end() {
      clearInterval(timer);
      if (terminal && shownAt > 0) stream.write('\r\x1b[K');
      shownAt = 0;
    },
  };
}

/** `12,000 of 100,000, 8,400/s, 11 s left`; only the time when nothing is counted. */
export function describe(done: number, total: number | undefined, elapsedMs: number): string {
  const seconds = elapsedMs / 1000;
  if (done === 0) return `${seconds.toFixed(0)} s`;
  const number = new Intl.NumberFormat('en');
  const rate = done / seconds;
  const parts = [
    total === undefined ? number.format(done) : `${number.format(done)} of ${number.format(total)}`,
  ];
  parts.push(`${number.format(Math.round(rate))}/s`);
  if (total !== undefined && total > done) parts.push(`${Math.ceil((total - done) / rate)} s left`);
  return parts.join(', ');
}
