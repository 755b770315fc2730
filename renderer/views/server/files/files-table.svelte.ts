/** The shown list of a folder: order, filter, selection, and the row with the focus. */
import type { ServerFile } from '../../../../bridge/schema/files.js';
import { idSet, noIds, toggledIds, union, type IdSet } from '../../fleet/id-sets.js';
import {
  byName,
  nameFilter,
  nextFileSort,
  sortedFiles,
  type FileColumn,
  type FileSort,
} from './file-order.js';

export interface FileItem {
  /** Name of the file. */
  readonly key: string;
  readonly file: ServerFile;
}

export class FilesTable {
  filter = $state('');
  sort = $state.raw<FileSort>(byName);
  /** Names of the selected files. */
  selected = $state.raw<IdSet>(noIds);
  /** Name of the file whose row has, or gets, the focus. */
  active = $state<string | null>(null);
  /** Start of a range, and the selection at its start. */
  #anchor: string | null = null;
  #before: IdSet = noIds;

  readonly #sorted: readonly FileItem[] = $derived.by(() =>
    sortedFiles(this.files(), this.sort).map((file) => ({ key: file.name, file })),
  );
  readonly items: readonly FileItem[] = $derived.by(() => {
    const fits = nameFilter(this.filter);
    return fits === null ? this.#sorted : this.#sorted.filter(({ file }) => fits(file));
  });
  /** Selected files that are still there, in the order of the list. */
  readonly chosen: readonly ServerFile[] = $derived.by(() =>
    this.selected.size === 0
      ? []
      : this.#sorted.flatMap(({ key, file }) => (this.selected.has(key) ? [file] : [])),
  );

  constructor(private readonly files: () => readonly ServerFile[]) {}

  get isFiltered(): boolean {
    return this.filter.trim() !== '';
  }

  sortBy(column: FileColumn): void {
    this.sort = nextFileSort(this.sort, column);
  }

  isSelected(name: string): boolean {
    return this.selected.has(name);
  }

  toggle(name: string): void {
    this.selected = toggledIds(this.selected, [name]);
    this.#begin(name);
  }

  /** Selects the rows from the last selected row to this row, instead of the earlier range. */
  extendTo(name: string): void {
    if (this.#anchor === null) this.#begin(this.active ?? name);
    const own = this.#at(name);
    const from = this.#anchor === null ? -1 : this.#at(this.#anchor);
    const ends = [from === -1 ? own : from, own];
    const range = this.items.slice(Math.min(...ends), Math.max(...ends) + 1);
    this.selected = union(
      this.#before,
      range.map(({ key }) => key),
    );
  }

  selectAll(): void {
    this.selected = idSet(this.items.map(({ key }) => key));
  }

  selectNone(): void {
    this.selected = noIds;
    this.#anchor = null;
  }

  /** The files that an action on a row means: the selection if the row is a part of it, else the row alone. */
  meantBy({ key, file }: FileItem): readonly ServerFile[] {
    return this.isSelected(key) ? this.chosen : [file];
  }

  /** The file of this name. */
  named(name: string): ServerFile | undefined {
    return this.files().find((file) => file.name === name);
  }

  /** A file, other than `except`, whose name differs from this one in case only. */
  namedAlike(name: string, except: string): ServerFile | undefined {
    const wanted = name.toLowerCase();
    return this.files().find((file) => file.name !== except && file.name.toLowerCase() === wanted);
  }

  /** Starts again in another folder; the order stays. */
  leave(): void {
    this.selectNone();
    this.filter = '';
    this.active = null;
  }

  #begin(name: string): void {
    this.#anchor = name;
    this.#before = this.selected;
  }

  #at(name: string): number {
    return this.items.findIndex(({ key }) => key === name);
  }
}
