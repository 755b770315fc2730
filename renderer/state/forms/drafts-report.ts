/** Tells main which parts of this window contain drafts, so that main does not close it for good. */
import type { Drafts } from '../../../bridge/schema/drafts.js';
import type { PerchClient } from '../../api.js';
import type { CommandHistories } from './command-history.svelte.js';
import type { ConnectForm } from '../connect/connect-form.svelte.js';
import type { DialogDrafts } from './dialog-drafts.svelte.js';
import type { RuleDrafts } from '../rules/rule-drafts.svelte.js';
import type { ServerForms } from './server-forms.js';

export interface DraftSources {
  readonly forms: Pick<ServerForms, 'serversWithDrafts'>;
  readonly histories: Pick<CommandHistories, 'serversWithDrafts'>;
  readonly connectForm: Pick<ConnectForm, 'hasDraft'>;
  readonly dialogDrafts: Pick<DialogDrafts, 'hasDraft'>;
  readonly ruleDrafts: Pick<RuleDrafts, 'hasDraft'>;
}

export class DraftsReport {
  /** The last report; main assumes no drafts until the first report. */
  #told = JSON.stringify({ serverIds: [], panel: false, dialog: false } satisfies Drafts);

  constructor(
    private readonly client: PerchClient,
    private readonly places: DraftSources,
  ) {}

  /** Sends the report if it differs from the last report. */
  tell(): void {
    const { forms, histories, connectForm, dialogDrafts, ruleDrafts } = this.places;
    const serverIds = [...new Set([...forms.serversWithDrafts, ...histories.serversWithDrafts])];
    const dialog = dialogDrafts.hasDraft || ruleDrafts.hasDraft;
    const held: Drafts = { serverIds, panel: connectForm.hasDraft, dialog };
    const told = JSON.stringify(held);
    if (told === this.#told) return;
    this.#told = told;
    // Main only stores the report. If the call fails, main cannot close the window either.
    this.client.send('window.setDrafts', held);
  }
}
