/** Time under the cross-hair, shared by all charts of a server. */
export class CrossHair {
  /** null = now. */
  at = $state<number | null>(null);
}
