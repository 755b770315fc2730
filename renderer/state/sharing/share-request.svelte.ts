/** A text that the person wants to share, or the file of a server that has the text. */
export type ShareableText = {
  readonly serverId: string;
  /** Where the text comes from, such as the console or the name of a file. */
  readonly title: string;
} & ({ readonly text: string } | { readonly path: string });

/** The text of the dialog that shares one. Every view that shows a log or a file opens the dialog with `shareText`. */
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
