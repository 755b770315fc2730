import type { FilesPanel } from '../files/files-panel.js';

/** Port of transfers to the files of a server. */
export type TransferPanel = Pick<
  FilesPanel,
  'demand' | 'clockAhead' | 'restUntil' | 'list' | 'rename' | 'remove' | 'pack' | 'unpack'
>;

/** Throws `PerchError` if the panel has not listed the server. */
export type TransferPanelOf = (serverId: string) => TransferPanel;
