/** The moment that the person looks at, the same in all charts of a server. */
export class CrossHair {
  /** null = the present. */
  at = $state<number | null>(null);
}
