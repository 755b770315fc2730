/** A text that the person wants to share. */
export interface ShareableText {
  readonly serverId: string;
  /** Where the text comes from, such as the console or the name of a file. */
  readonly title: string;
  readonly text: string;
}

/** The text of the dialog that shares one. Every view that shows a log opens the dialog with `shareText`. */
export class ShareRequest {
  /** null while the dialog is closed. */
  wanted = $state.raw<ShareableText | null>(null);

  shareText(wanted: ShareableText): void {
    this.wanted = wanted;
  }

  close(): void {
    this.wanted = null;
  }
}
