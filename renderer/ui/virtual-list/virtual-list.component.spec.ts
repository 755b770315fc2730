import { render } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutScrollers, scrollTo } from '../../../tests/support/laid-out.js';
import VirtualList from './virtual-list.svelte';

interface Item {
  readonly key: string;
}

const items: readonly Item[] = Array.from({ length: 1000 }, (_, at) => ({ key: `server ${at}` }));
const row = createRawSnippet<[Item, number]>((item) => ({
  render: () => `<button>${item().key}</button>`,
}));

describe('a long list', () => {
  let scroller: HTMLElement;
  let undo: () => void;

  beforeEach(() => {
    undo = layOutScrollers(200);
    scroller = document.createElement('div');
    scroller.setAttribute('data-scroller', '');
    document.body.append(scroller);
  });
  afterEach(() => undo());

  function show(more: { reuses?: boolean } = {}): {
    rerender(props: { items: readonly Item[] }): Promise<void>;
  } {
    return render(VirtualList, { target: scroller, props: { items, heightOf: () => 20, row, ...more } });
  }

  function slots(): HTMLElement[] {
    return [...scroller.querySelectorAll<HTMLElement>('[data-slot]')];
  }

  function drawn(): (string | undefined)[] {
    return slots().map((slot) => slot.dataset['slot']);
  }

  async function scroll(top: number): Promise<void> {
    scrollTo(scroller, top);
    await tick();
  }

  it('draws the visible rows and a few more, with the height of all', () => {
    show();
    expect(drawn()).toContain('server 0');
    expect(drawn()).toContain('server 9');
    expect(drawn().length).toBeLessThan(40);
    expect(scroller.querySelector<HTMLElement>('.list')?.style.height).toBe('20000px');
  });

  it('reports the visible rows, and none at its end', async () => {
    const told: (readonly Item[])[] = [];
    const onshown = (shown: readonly Item[]): void => void told.push(shown);
    const { unmount } = render(VirtualList, {
      target: scroller,
      props: { items, heightOf: () => 20, row, onshown },
    });
    await tick();
    expect(told.at(-1)?.[0]).toEqual({ key: 'server 0' });
    expect(told.at(-1)?.length).toBeLessThan(40);
    await scroll(10_000);
    expect(told.at(-1)).toContainEqual({ key: 'server 500' });
    unmount();
    expect(told.at(-1)).toEqual([]);
  });

  it('draws rows that become visible, at their place', async () => {
    show();
    await scroll(10_000);
    expect(drawn()).toContain('server 500');
    expect(drawn()).not.toContain('server 0');
    expect(slots().find((slot) => slot.dataset['slot'] === 'server 500')?.style.top).toBe('10000px');
  });

  it('reuses elements while scrolling, for rows without state', async () => {
    show({ reuses: true });
    const before = new Set(slots());
    await scroll(10_000);
    expect(slots().every((slot) => before.has(slot))).toBe(true);
    expect(drawn()).toContain('server 500');
  });

  it('creates new elements for rows with state', async () => {
    show();
    const before = new Set(slots());
    await scroll(10_000);
    expect(slots().some((slot) => before.has(slot))).toBe(false);
  });

  it.each([{ reuses: true }, { reuses: false }])(
    'keeps the row with the focus in the page (%o)',
    async (how) => {
      show(how);
      const button = slots()[2]?.querySelector('button');
      button?.focus();
      await tick();
      await scroll(10_000);
      expect(drawn()).toContain('server 2');
      expect(document.activeElement).toBe(button);
      expect(button?.isConnected).toBe(true);
      button?.blur();
      await scroll(12_000);
      expect(drawn()).not.toContain('server 2');
    },
  );

  it('keeps the elements of rows when others appear above them', async () => {
    const { rerender } = show();
    const kept = slots().find((slot) => slot.dataset['slot'] === 'server 3');
    await rerender({ items: [{ key: 'a new one' }, ...items] });
    expect(slots().find((slot) => slot.dataset['slot'] === 'server 3')).toBe(kept);
    expect(kept?.style.top).toBe('80px');
  });
});
