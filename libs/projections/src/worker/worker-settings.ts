/** Which log the worker reads, over a connection of its own. */
export type LogSettings =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'kurrentdb'; readonly connectionString: string };

/** Which vault opens names for people-and-search, over a connection of its own. */
export type VaultSettings = { readonly kind: 'sqlite'; readonly file: string; readonly masterKeyFile: string };

export interface WorkerSettings {
  /** Read models stand in `<dataDir>/read-models/`. */
  readonly dataDir: string;
  readonly log: LogSettings;
  readonly vault: VaultSettings;
}
