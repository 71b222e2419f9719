/** A fact from outside carries where it was read, how far to trust it and when it was recorded. */
export interface Sourced {
  source: string;
  confidence: 'verified' | 'recalled';
  /** `YYYY-MM-DD` */
  asOf: string;
}
