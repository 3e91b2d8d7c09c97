// Answers on their way to the server: one after the other, each with what its writer saw. What cannot go out is kept in
// this browser and goes out later, with the base it was typed over.
import {told, words} from './dom.js';
import {formBase, onPause, onReach, ping, post, Unreachable} from './net.js';

const KEY = `assembler:${told.case}:${told.form}:${told.person}`;
const AGAIN = 3000; // milliseconds
const faults = new Map(); // by place, «failed» or «contested»: what waits for its writer
let chain = Promise.resolve(), going = 0, offline = false, pause = 0, timer = null;
let listener = () => {}, retry = () => {}, quiet = () => {};

/** Calls back with the state when it may have changed: «saved», «saving», «waiting», «failed», «contested»; whether the
 * server does not answer, and how many seconds it asked to wait. */
export function onState(call) { listener = call; tell(); }
/** Calls back when the server answers again: what was kept can go out. */
export function onReturn(call) { retry = call; }
/** Calls back when all acts are done. */
export function onQuiet(call) { quiet = call; }

function tell() {
  const kept = Object.keys(unsent());
  const isOnTheWay = going > 0 || kept.some(at => !faults.has(at));
  const standing = [...faults.values()];
  const stuck = standing.includes('contested') ? 'contested' : standing.length ? 'failed' : 'saved';
  listener(offline && kept.length ? 'waiting' : isOnTheWay ? 'saving' : stuck, offline, pause);
}

/** What waits in this browser: by place what was typed and over what. */
export function unsent() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
}

function keep(at, value) {
  const all = unsent();
  if (value === null) delete all[at]; else all[at] = value;
  try {
    if (Object.keys(all).length) localStorage.setItem(KEY, JSON.stringify(all)); else localStorage.removeItem(KEY);
  } catch { /* a full or forbidden store: the answer still stands in the page */ }
}

/** Notes what is being typed, so that a page that is closed, or a browser that dies, loses nothing. */
export function note(at, typed, base) { keep(at, {typed, base}); faults.delete(at); tell(); }

/** Forgets what was noted: it is saved, or nothing is left to save. */
export function forget(at) { keep(at, null); faults.delete(at); tell(); }

/** What was noted was refused or is contested: it stays noted until its writer decides. */
export function fault(at, kind = 'failed') { faults.set(at, kind); tell(); }

/** Does acts one after the other; `path` is that of the act, `data` may be made when its turn comes. */
export function enqueue(path, data) {
  going++;
  tell();
  const result = chain.then(async () => {
    try {
      return await post(`${formBase}/${path}`, typeof data === 'function' ? data() : data);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return {outcome: 'unreachable', problems: [{message: words.offline, hint: ''}]};
    }
  });
  // Whoever waits for the answer takes it first: only then it is told that nothing is on its way any more.
  chain = result.catch(() => {}).then(() => setTimeout(() => { going--; tell(); if (!going) quiet(); }));
  return result;
}

onReach(answered => {
  const was = offline;
  offline = !answered;
  clearTimeout(timer);
  if (offline) timer = setTimeout(ping, AGAIN);
  if (was !== offline) tell();
  if (was && !offline) retry();
});

onPause(seconds => { pause = seconds; tell(); });

/** Whether an act is on its way. */
export const isBusy = () => going > 0;
addEventListener('online', ping);
addEventListener('beforeunload', event => { if (going) event.preventDefault(); });
