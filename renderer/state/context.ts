/** What every view of a window may use; built once per window and handed down by context. */
import { createContext } from 'svelte';
import type { PerchClient } from '../api.js';
import type { CommandHistories } from './command-history.svelte.js';
import type { ConnectForm } from './connect-form.svelte.js';
import type { FailureReporter } from './failure-reporter.js';
import type { FleetFeed } from './fleet-feed.svelte.js';
import type { Kept } from './kept.svelte.js';
import type { Navigation } from './navigation.svelte.js';
import type { Now } from './now.svelte.js';
import type { OpenEdits } from './open-edits.svelte.js';
import type { PowerControl } from './power-control.svelte.js';
import type { ServerFinder } from './server-finder.svelte.js';
import type { ServerForms } from './server-forms.js';
import type { ServerLayout } from './server-layout.svelte.js';
import type { SettingsFeed } from './settings-feed.svelte.js';

export interface WindowState {
  readonly client: PerchClient;
  readonly failures: FailureReporter;
  readonly fleet: FleetFeed;
  readonly settings: SettingsFeed;
  readonly finder: ServerFinder;
  readonly navigation: Navigation;
  readonly power: PowerControl;
  readonly now: Now;
  readonly kept: Kept;
  readonly histories: CommandHistories;
  readonly connectForm: ConnectForm;
  readonly edits: OpenEdits;
  readonly serverLayout: ServerLayout;
  readonly forms: ServerForms;
}

export const [windowState, provideWindowState] = createContext<WindowState>();
