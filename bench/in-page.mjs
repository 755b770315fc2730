/* global document, window, requestAnimationFrame, addEventListener, removeEventListener */
/* Runs inside of a page: each function is handed over as text, so none may use anything from outside of it. */

/**
 * From now on every keystroke is measured: from the key to the end of the first frame that was drawn after it. What is
 * on show in that frame is kept, so that it can be compared with what is there when everything has come to rest.
 *
 * @param {string} rows selector of what the search leaves
 */
export function watchTyping(rows) {
  const shown = () =>
    [...document.querySelectorAll(rows)].map((row) => row.id || JSON.stringify(row.dataset)).join('\n');
  /** @type {{ ms: number, shown: string }[]} */
  const strokes = [];
  let pressedAt = 0;
  const onKey = (event) => (pressedAt = event.timeStamp);
  const onInput = () => {
    const from = pressedAt;
    requestAnimationFrame(() => {
      // A message is handled after the frame has been drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => strokes.push({ ms: performance.now() - from, shown: shown() });
      port2.postMessage(null);
    });
  };
  addEventListener('keydown', onKey, true);
  addEventListener('input', onInput, true);
  window.typing = {
    /** The last keystroke, and whether its frame showed the whole answer. */
    last: () => {
      const stroke = strokes.at(-1);
      return { count: strokes.length, ms: stroke?.ms, isWhole: stroke?.shown === shown() };
    },
    stop: () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('input', onInput, true);
    },
  };
}

/**
 * Scrolls up and down and gives the time between each two frames, in milliseconds.
 *
 * @param {{ scroller: string, pixels: number, seconds: number }} wish `pixels` each frame
 * @returns {Promise<number[]>}
 */
export function scrollFrames({ scroller, pixels, seconds }) {
  const box = document.querySelector(scroller);
  if (box === null) throw new Error(`There is no ${scroller}.`);
  box.scrollTop = 0;
  // Read once: asking in every frame would lay the page out twice, which no scrolling person causes.
  const bottom = box.scrollHeight - box.clientHeight;
  return new Promise((resolve) => {
    const deltas = [];
    const end = performance.now() + seconds * 1000;
    let step = pixels;
    let top = 0;
    let last = null;
    const frame = (now) => {
      if (last !== null) deltas.push(now - last);
      last = now;
      if (top + step < 0 || top + step > bottom) step = -step;
      top += step;
      box.scrollTop = top;
      if (performance.now() < end) requestAnimationFrame(frame);
      else resolve(deltas);
    };
    requestAnimationFrame(frame);
  });
}

/**
 * When the table has more rows than `least` and draws some of them, in milliseconds since the epoch; false before.
 *
 * @param {number} least
 */
export function listed(least) {
  const grid = document.querySelector('[aria-label=Servers][data-scroller]');
  const isWhole = Number(grid?.getAttribute('aria-rowcount')) > least;
  return isWhole && grid?.querySelector('[data-testid=fleet-row]') ? Date.now() : false;
}

/**
 * Whether the state of every row in view is known, and not from an earlier run, but for the one of the demo whose node
 * is down: in milliseconds since the epoch; false before.
 */
export function rowsKnown() {
  const rows = [...document.querySelectorAll('[data-testid=fleet-row]')];
  const unknown = rows.filter((row) => row.querySelector('.state.unknown, .state.unread') !== null);
  return rows.length > 0 && unknown.length <= 1 ? Date.now() : false;
}

/** When the state of every server was known, but for the one of the demo whose node is down; false before. */
export function allKnown() {
  const marks = document.querySelector('[aria-label="Show only servers that are"]')?.textContent ?? '';
  const countOf = (/** @type {string} */ word) =>
    Number((new RegExp(`${word}\\s*([\\d,]+)`).exec(marks)?.[1] ?? '0').replaceAll(',', ''));
  return marks !== '' && countOf('unknown') <= 1 && countOf('loading') === 0 ? Date.now() : false;
}

/**
 * What main tells this window of each server.
 *
 * @returns {Promise<{ uuid: string, power: string | null }[]>}
 */
export function fleetNow() {
  return new Promise((resolve) => {
    const end = window.perch.watch('fleet', undefined, (event) => {
      if (event.kind !== 'snapshot') return;
      resolve(event.snapshot.servers.map(({ uuid, power }) => ({ uuid, power })));
      queueMicrotask(() => end());
    });
  });
}

/** From now on it is kept when the last click was made, in milliseconds since the epoch. */
export function watchClicks() {
  const onClick = (event) => {
    const { timeOrigin } = performance;
    window.lastClick = { at: timeOrigin + event.timeStamp, heardAt: timeOrigin + performance.now() };
  };
  addEventListener('click', onClick, true);
}

/** When the last click was made, and when the page got to hear of it: its last frame comes before. */
export function lastClick() {
  return window.lastClick;
}

/**
 * From now on each frame is looked at: how long it took, which line of the flood is the last one drawn, and how long ago
 * that was printed. The game writes number and time into each line, by the clock of the same computer.
 */
export function watchFlood() {
  const seen = { frames: [], lags: [], highest: 0, isOver: false };
  window.flood = seen;
  let last = null;
  const frame = (now) => {
    if (seen.isOver) return;
    if (last !== null) seen.frames.push(now - last);
    last = now;
    const text = document.querySelector('[data-testid=console] .xterm-rows')?.textContent ?? '';
    const [, number, at] = [...text.matchAll(/flood (\d+) (\d{13})/g)].at(-1) ?? [];
    if (Number(number) > seen.highest) {
      seen.highest = Number(number);
      seen.lags.push(Date.now() - Number(at));
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

export function floodSeen() {
  window.flood.isOver = true;
  return window.flood;
}

export function lastKeystroke() {
  return window.typing.last();
}

export function stopWatchingTyping() {
  window.typing.stop();
}

/**
 * Pins servers of the panel of the first row.
 *
 * @param {readonly string[]} uuids
 */
export async function pinAll(uuids) {
  const [account] = document.querySelector('[data-testid=fleet-row]').dataset.server.split('/');
  await window.perch.call('settings.update', { pins: uuids.map((uuid) => `${account}/${uuid}`) });
}
