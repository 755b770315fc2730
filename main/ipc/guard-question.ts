/** Native yes/no question. `confirm` = label of the yes button, `keep` = of the no button (missing = "Cancel"). */
export interface GuardQuestion {
  readonly message: string;
  readonly detail: string;
  readonly confirm: string;
  readonly keep?: string;
}
