import { Buckets } from '#lib/server/platform/buckets.ts';

/** Terms that may be new on one day. What people look for is far less; the rest is a program. */
export const NEW_TERMS_A_DAY = 5_000;
/** Terms that were new today which one party may bring: so many at once, then one every five minutes. */
const OF_ONE_PARTY = { capacity: 60, secondsPerToken: 300 };

/**
 * How many rows the counts of searches may still grow by. Held in this process; the rows of the day are counted once,
 * so that a start does not give the day anew.
 */
export class TermBudget {
  private readonly most: number;
  private readonly parties = new Buckets(OF_ONE_PARTY);
  private day = '';
  private rows = 0;

  constructor(most = NEW_TERMS_A_DAY) {
    this.most = most;
  }

  /** May this party bring a new term now? What turns out to be there already is given back with `known`. */
  async take(
    party: string,
    day: string,
    now: Date,
    rowsOf: (day: string) => Promise<number>,
  ): Promise<boolean> {
    if (this.day !== day) {
      this.rows = await rowsOf(day);
      this.day = day;
    }
    if (this.rows >= this.most || !this.parties.take(party, now).allowed) return false;
    this.rows += 1;
    return true;
  }

  known(party: string, now: Date): void {
    this.rows -= 1;
    this.parties.giveBack(party, now);
  }
}
