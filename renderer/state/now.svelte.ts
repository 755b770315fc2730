/** The time for ages and countdowns: moves once a second, and only while somebody looks. */
export class Now {
  at = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | null = null;

  start(): void {
    document.addEventListener('visibilitychange', this.#follow);
    this.#follow();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#follow);
    this.#pause();
  }

  readonly #follow = (): void => {
    this.#pause();
    if (document.hidden) return;
    this.at = Date.now();
    this.#timer = setInterval(() => {
      this.at = Date.now();
    }, 1000);
  };

  #pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
