/** A column of `DataTable`. */
export interface Column {
  key: string;
  label: string;
  /** Figures: right-aligned, never broken. */
  numeric?: boolean | undefined;
  /** Ordered by this column now. */
  sorted?: 'ascending' | 'descending' | undefined;
}

/** A cell as text; use the `cell` snippet of `DataTable` where one needs markup. */
export type Cell = string | number | null | undefined;
export type Row = Record<string, Cell>;
