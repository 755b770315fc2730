/** The moment that the person looks at: one for all charts of a server. */
export class CrossHair {
  /** null = the present. */
  at = $state<number | null>(null);
}
