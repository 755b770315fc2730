/** Tells main where this window holds something typed and not saved, so that main does not close it for good. */
import type { HeldDrafts } from '../../bridge/contract.js';
import type { PerchClient } from '../api.js';
import type { CommandHistories } from './command-history.svelte.js';
import type { ConnectForm } from './connect-form.svelte.js';
import type { OpenEdits } from './open-edits.svelte.js';
import type { ServerForms } from './server-forms.js';

export interface DraftPlaces {
  readonly forms: Pick<ServerForms, 'unsaved'>;
  readonly histories: Pick<CommandHistories, 'unsent'>;
  readonly connectForm: Pick<ConnectForm, 'isDraft'>;
  readonly edits: Pick<OpenEdits, 'isDraft'>;
}

export class HeldDraftsTeller {
  readonly #client: PerchClient;
  readonly #places: DraftPlaces;
  /** A page that has said nothing holds nothing. */
  #told = JSON.stringify({ serverIds: [], panel: false, dialog: false } satisfies HeldDrafts);

  constructor(client: PerchClient, places: DraftPlaces) {
    this.#client = client;
    this.#places = places;
  }

  /** Tells main where it differs from what was told last. */
  tell(): void {
    const { forms, histories, connectForm, edits } = this.#places;
    const serverIds = [...new Set([...forms.unsaved, ...histories.unsent])];
    const held: HeldDrafts = { serverIds, panel: connectForm.isDraft, dialog: edits.isDraft };
    const told = JSON.stringify(held);
    if (told === this.#told) return;
    this.#told = told;
    // Main only notes it; where it can't be asked, it can't close the window either.
    this.#client.call('window.holdsDrafts', held).catch(() => undefined);
  }
}
