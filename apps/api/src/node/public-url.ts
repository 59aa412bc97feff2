/** Address under which people reach the site; known for certain only once the server listens (port 0). */
export class PublicUrl {
  #value: string | undefined;

  constructor(private readonly configured: string | undefined) {}

  listening(url: string): void {
    this.#value = this.configured ?? url;
  }

  /** Origin without a trailing slash. */
  get value(): string {
    return this.#value ?? this.configured ?? '';
  }
}
