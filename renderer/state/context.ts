/** State shared by all views of a window; created once per window and passed by context. */
import { createContext } from 'svelte';
import type { PerchClient } from '../api.js';
import type { CommandHistories } from './forms/command-history.svelte.js';
import type { ConnectForm } from './connect/connect-form.svelte.js';
import type { EventsFeed } from './events/events-feed.svelte.js';
import type { FailureReporter } from './failure-reporter.js';
import type { FleetFeed } from './fleet/fleet-feed.svelte.js';
import type { LatestFeed } from './feeds/latest-feed.svelte.js';
import type { Navigation } from './navigation.svelte.js';
import type { Now } from './feeds/now.svelte.js';
import type { DialogDrafts } from './forms/dialog-drafts.svelte.js';
import type { ReplaceKeyForm } from './connect/replace-key-form.svelte.js';
import type { PowerControl } from './fleet/power-control.svelte.js';
import type { ServerFinder } from './fleet/server-finder.svelte.js';
import type { ServerForms } from './forms/server-forms.js';
import type { ServerLayout } from './server-layout.svelte.js';
import type { ShownServers } from './fleet/shown-servers.js';
import type { PanelsWithNotice } from './fleet/panels-with-notice.svelte.js';
import type { WarnedRestartsFeed } from './fleet/warned-restarts.svelte.js';
import type { WarnForm } from './forms/warn-form.svelte.js';
import type { MemoryFeed } from './feeds/memory-feed.svelte.js';
import type { SettingsFeed } from './feeds/settings-feed.svelte.js';

export interface WindowState {
  readonly client: PerchClient;
  readonly failures: FailureReporter;
  readonly fleet: FleetFeed;
  readonly events: EventsFeed;
  readonly settings: SettingsFeed;
  readonly memory: MemoryFeed;
  readonly finder: ServerFinder;
  readonly navigation: Navigation;
  readonly power: PowerControl;
  readonly now: Now;
  readonly closed: LatestFeed<'closed'>;
  readonly histories: CommandHistories;
  readonly connectForm: ConnectForm;
  readonly keyForm: ReplaceKeyForm;
  readonly warned: WarnedRestartsFeed;
  readonly warnForm: WarnForm;
  readonly dialogDrafts: DialogDrafts;
  readonly serverLayout: ServerLayout;
  readonly shown: ShownServers;
  readonly panelsWithNotice: PanelsWithNotice;
  readonly forms: ServerForms;
}

export const [windowState, provideWindowState] = createContext<WindowState>();
