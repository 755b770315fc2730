/** A native question. Button labels as in `shell/system/dialogs.ts`. */
export interface GuardQuestion {
  readonly message: string;
  readonly detail: string;
  readonly confirm: string;
  readonly keep?: string;
}
