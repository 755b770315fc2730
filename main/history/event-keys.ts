/** Keys of the stored log of events (`events.ts` says what they hold). Pure. */
import type { DiskChange } from './history-disk.js';
import { rangeOf } from './key-range.js';

export const entries = 'e/';
export const lasting = 'l/';
export const ofOne = 'a/';

export const eventLists = rangeOf(ofOne);

/** Changes that delete an entry and its keys in the lists. */
export function withoutEntry(key: string): DiskChange[] {
  const keys = [key, lasting + key.slice(entries.length), listKey(key)];
  return keys.map((one) => ({ type: 'del', key: one }));
}

export function listed(key: string): DiskChange[] {
  return [{ type: 'put', key: listKey(key), value: new Uint8Array() }];
}

/** Key of the entry that is listed under this key by place. */
export function entryListedAt(key: string): string {
  const at = key.lastIndexOf('/');
  return `${entries}${key.slice(at + 1)}/${key.slice(ofOne.length, at)}`;
}

/** Key of an entry in the list by place. */
function listKey(key: string): string {
  return `${ofOne}${aboutIn(key)}/${idIn(key)}`;
}

function aboutIn(key: string): string {
  return key.split('/').slice(2).join('/');
}

export function idIn(key: string): string {
  return key.split('/')[1] ?? '';
}

/** A server id begins with its account id. */
export function accountIn(key: string): string {
  return key.split('/')[2] ?? '';
}

export function timeIn(key: string): number {
  return Number.parseInt(key.slice(entries.length, entries.length + 9), 36);
}
