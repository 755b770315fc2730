/** Native yes/no question. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  /** Label of the button that continues. */
  readonly confirm: string;
  /** Label of the other button, which has the focus. Missing = "Cancel". */
  readonly keep?: string;
}
