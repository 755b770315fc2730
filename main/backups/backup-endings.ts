/** Backups that are remembered. */
const most = 100;

/** Whether the latest finished backups are good: a small one ends before the panel answers its creation. */
export class BackupEndings {
  readonly #byId = new Map<string, boolean>();

  note(id: string, isGood: boolean): void {
    this.#byId.set(id, isGood);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > most && oldest !== undefined) this.#byId.delete(oldest);
  }

  /** undefined = not one of the latest. */
  isGood(id: string): boolean | undefined {
    return this.#byId.get(id);
  }
}
