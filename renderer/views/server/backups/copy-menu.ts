/** Entries about the copy of a backup on this computer. */
import { say } from '../../../../messages/messages.js';
import type { Backup } from '../../../../bridge/schema/backups.js';
import type { MenuItem } from '../../../ui/menus/menu.js';
import type { RowCopy } from './row-copies.js';

/** Actions of the entries. */
export interface CopyActs {
  fetch(backup: Backup): void;
  look(backup: Backup): void;
  show(): void;
  deleteCopy(backup: Backup): void;
}

interface CopyEntries {
  readonly use: readonly MenuItem[];
  readonly remove: readonly MenuItem[];
}

export function copyEntries(backup: Backup, copy: RowCopy | null, acts: CopyActs): CopyEntries {
  if (copy === null || copy.place === null) return { use: [], remove: [] };
  if (copy.place === 'there') {
    const fetch = {
      kind: 'action',
      label: say('copies.fetch'),
      icon: 'archive',
      testid: 'copy-fetch',
      blocked: copy.fetchBlock,
      run: () => acts.fetch(backup),
    } as const;
    return { use: [fetch], remove: [] };
  }
  const keep = {
    kind: 'action',
    label: say('copies.keep'),
    icon: 'lock',
    testid: 'copy-keep',
    run: () => acts.fetch(backup),
  } as const;
  return {
    use: [
      {
        kind: 'action',
        label: say('copies.look'),
        icon: 'search',
        testid: 'copy-look',
        run: () => acts.look(backup),
      },
      {
        kind: 'action',
        label: say('copies.show'),
        icon: 'group',
        testid: 'copy-show',
        run: () => acts.show(),
      },
      ...(copy.isKept ? [] : [keep]),
    ],
    remove: [
      {
        kind: 'action',
        label: say('copies.delete'),
        icon: 'trash',
        testid: 'copy-delete',
        danger: true,
        run: () => acts.deleteCopy(backup),
      },
    ],
  };
}
