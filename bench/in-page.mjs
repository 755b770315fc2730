/* global document, window, requestAnimationFrame, addEventListener, removeEventListener */
/* Functions that run inside a page. They are passed as text, so they can't use names from outside their bodies. */

/**
 * Measures every keystroke from now on, from the key to the end of the next drawn frame. Keeps the content of that
 * frame for a comparison with the final content.
 *
 * @param {string} rows selector of the search results
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
      // The message arrives after the frame was drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => strokes.push({ ms: performance.now() - from, shown: shown() });
      port2.postMessage(null);
    });
  };
  addEventListener('keydown', onKey, true);
  addEventListener('input', onInput, true);
  window.typing = {
    /** The last keystroke, and whether its frame showed the final result. */
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
 * Scrolls up and down and returns the time between frames in ms.
 *
 * @param {{ scroller: string, pixels: number, seconds: number }} wish `pixels` each frame
 * @returns {Promise<number[]>}
 */
export function scrollFrames({ scroller, pixels, seconds }) {
  const box = document.querySelector(scroller);
  if (box === null) throw new Error(`There is no ${scroller}.`);
  box.scrollTop = 0;
  // Read once. Reading it in every frame would cause a second layout, which real scrolling does not.
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
 * Time at which the table had more than `least` rows and showed some of them, in ms since the epoch; false before.
 *
 * @param {number} least
 */
export function listed(least) {
  const grid = document.querySelector('[aria-label=Servers][data-scroller]');
  const isWhole = Number(grid?.getAttribute('aria-rowcount')) > least;
  return isWhole && grid?.querySelector('[data-testid=fleet-row]') ? Date.now() : false;
}

/**
 * Time in ms since the epoch at which the state of every visible row was known from this run; false before. The demo
 * server whose node is down may stay unknown.
 */
export function rowsKnown() {
  const rows = [...document.querySelectorAll('[data-testid=fleet-row]')];
  const unknown = rows.filter((row) => row.querySelector('.state.unknown, .state.unread') !== null);
  return rows.length > 0 && unknown.length <= 1 ? Date.now() : false;
}

/**
 * Time at which the state of every server was known; false before. The demo server whose node is down may stay unknown.
 */
export function allKnown() {
  const marks = document.querySelector('[aria-label="Show only servers that are"]')?.textContent ?? '';
  const countOf = (/** @type {string} */ word) =>
    Number((new RegExp(`${word}\\s*([\\d,]+)`).exec(marks)?.[1] ?? '0').replaceAll(',', ''));
  return marks !== '' && countOf('unknown') <= 1 && countOf('loading') === 0 ? Date.now() : false;
}

/**
 * State of each server as main sends it to this window.
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

/** Records the time of the last click from now on, in ms since the epoch. */
export function watchClicks() {
  const onClick = (event) => {
    const { timeOrigin } = performance;
    window.lastClick = { at: timeOrigin + event.timeStamp, heardAt: timeOrigin + performance.now() };
  };
  addEventListener('click', onClick, true);
}

/** Time of the last click, and the time at which the page received it. The page's last frame is earlier. */
export function lastClick() {
  return window.lastClick;
}

/**
 * Records each frame from now on: its length, the last drawn line of the flood, and the age of that line.
 * The game writes number and time into each line, with the clock of the same computer.
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

/**
 * Makes a call about a server. Waits until the panel has listed the server: the table shows servers of the last run before.
 *
 * @param {{ uuid: string, call: string, input: object }} wanted
 */
export async function callAbout({ uuid, call, input }) {
  const serverId = await new Promise((resolve) => {
    const end = window.perch.watch('fleet', undefined, (event) => {
      const found = event.snapshot?.servers.find((server) => server.uuid === uuid);
      if (found === undefined) return;
      resolve(found.id);
      queueMicrotask(() => end());
    });
  });
  for (;;) {
    const answer = await window.perch.call(call, { serverId, ...input });
    if (answer.ok) return answer.value;
    const { id } = answer.error.message;
    if (id !== 'actions.unread') throw new Error(`${call}: ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Resolves when all transfers of the list are done. Rejects when one of them has a problem, and at the time limit, with the
 * state of all.
 *
 * @param {number} limitMs
 */
export function transfersDone(limitMs) {
  return new Promise((resolve, reject) => {
    let all = [];
    const fail = (what) => {
      const states = all.map(({ label, state, doing, bytes, size, by, problem }) =>
        JSON.stringify({ label, state, doing, bytes, size, by, problem: problem?.message }),
      );
      reject(new Error(`${what}: ${states.length === 0 ? 'there is no transfer' : states.join('\n')}`));
    };
    const limit = setTimeout(() => fail(`Not done after ${limitMs / 1000} s`), limitMs);
    const end = window.perch.watch('transfers', undefined, (event) => {
      all = event.snapshot ?? event.change ?? [];
      const isDone = all.length > 0 && all.every(({ state }) => state === 'done');
      const hasProblem = all.some(({ problem }) => problem !== null);
      if (!isDone && !hasProblem) return;
      if (hasProblem) fail('A transfer has a problem');
      else resolve(null);
      clearTimeout(limit);
      queueMicrotask(() => end());
    });
  });
}

/** Empties the list of transfers. */
export function forgetTransfers() {
  return new Promise((resolve) => {
    // Stops at an empty list: otherwise each new transfer would be cancelled.
    const end = window.perch.watch('transfers', undefined, (event) => {
      const all = event.snapshot ?? event.change ?? [];
      for (const { id } of all) void window.perch.call('transfers.cancel', { transfer: id });
      if (all.length > 0) return;
      resolve(null);
      queueMicrotask(() => end());
    });
  });
}
