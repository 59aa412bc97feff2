/** A reading connection to the file of one projection. */
export interface Rows {
  /** All rows at once. `sql` is one of a few texts, kept prepared. @throws what SQLite says. */
  all<Row>(sql: string, ...params: readonly (string | number)[]): readonly Row[];
}
