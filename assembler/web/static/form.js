// The page of a form: draws what the server tells and sends what is typed. It decides nothing of its own.
import {Cell, cells, onApplied, placeOf, targetOf} from './cells.js';
import {openCalendar} from './calendar.js';
import {buttons, comma, digits, el, fill, labelled, marked, say, told, words} from './dom.js';
import {listen, showPeople} from './live.js';
import {formBase, get, ping, Unreachable} from './net.js';
import {blockOf, pasteInto} from './paste.js';
import {loadComments, showHistory, showProblems, write} from './side.js';
import * as sync from './sync.js';
import {beside, onTableApplied, Table, tables} from './table.js';

const state = document.getElementById('state'), items = document.getElementById('items');
let page = told.page;
const sections = new Map(), carried = new Map(), alike = new Set();
const former = new Map(Object.entries(told.former ?? {})); // by item, what stood in another case before it was answered anew

// ---------------------------------------------------------------- drawing

function draw() {
  cells.clear();
  tables.clear();
  carried.clear(); alike.clear();
  items.replaceChildren(waiting, ...page.items.map(section));
  tellWaiting();
  showProblems(page.problems, apply);
}

/** What an answer is, where that is not seen from how it is entered. */
const kindOf = item => ['image', 'file'].includes(item.entry) || item.appearance?.includes('multiline') || (item.entry === 'choice' && item.choices?.length <= 7) ? '' : item.kind;

function section(item) {
  const made = el('section', {class: `item ${item.entry}`, 'data-item': item.name});
  const relevant = item.answer.relevant !== false;
  made.hidden = !relevant;
  sections.set(item.name, made);
  const helps = (item.helps ?? []).map(help => el('p', {class: 'hint', dir: 'auto'}, help));
  const notes = [...(item.notes ?? []).map(note => [words.makersNotes, note]), ...(item.doubts ?? []).map(note => [words.doubts, note])];
  const remarks = notes.length ? el('details', {class: 'notes'}, el('summary', {}, words.makersNotes), el('ul', {}, notes.map(([, text]) => el('li', {dir: 'auto'}, text)))) : null;
  if (item.table) {
    made.append(new Table(item, told.may, helps).element, ...(remarks ? [remarks] : []));
  } else if (!item.asked) {
    const cell = new Cell(item.name, item, item.answer, item.label, false);
    if (item.type === 'note') made.append(el(item.appearance?.includes('heading') ? 'h2' : 'p', {}, labelled(item)));
    else made.append(el('p', {class: 'calculated'}, el('span', {}, labelled(item)), cell.box));
  } else {
    const cell = new Cell(item.name, item, item.answer, item.label, false);
    const star = el('span', {class: 'must', title: words.required, 'aria-hidden': 'true'}, '*');
    star.hidden = !item.answer.required;
    made.star = star;
    const head = ['choice', 'choices', 'image', 'file'].includes(item.entry) ? el('p', {class: 'label'}, labelled(item), star) : el('label', {class: 'label', for: cell.id}, labelled(item), star);
    made.append(head, ...helps, cell.box, el('p', {class: 'kind hint', dir: 'auto'}, [kindOf(item), item.marks?.length ? `${words.marks} ${item.marks.join(comma)}` : ''].filter(Boolean).join(' · ')));
    if (remarks) made.append(remarks);
  }
  if (item.alike) alike.add(item.name);
  tellCarried(item.name, item.carried);
  tellFormer(item.name);
  tellKnown(item.name);
  return made;
}

// ---------------------------------------------------------------- carried answers

const waiting = el('p', {class: 'carried', id: 'waiting', hidden: true});
/** How many answers of another case wait here, and one button for all of them. */
function tellWaiting() {
  waiting.hidden = carried.size < 2;
  if (!waiting.hidden) waiting.replaceChildren(`${words.carriedCount} ${digits(carried.size)} `, told.may.write ? el('button', {type: 'button', class: 'small', id: 'confirm-all', click: () => confirm('')}, words.confirmAll) : '');
}

function tellCarried(name, origin) {
  const made = sections.get(name);
  made.querySelector(':scope > .carried')?.remove();
  made.classList.toggle('waits', Boolean(origin));
  if (!origin) { carried.delete(name); return; }
  carried.set(name, origin);
  made.append(el('p', {class: 'carried', dir: 'auto'}, words.carried, ' ', el('bdi', {}, origin), alike.has(name) ? el('strong', {class: 'alike'}, ' ', words.onlyAlike) : '', told.may.write ? el('button', {type: 'button', class: 'small', title: 'Alt+Enter', 'data-confirm': name, click: () => confirm(name)}, words.confirm) : null));
}

/** Another answer was written over a carried one: what it was stays in sight. */
function tellFormer(name) {
  const made = sections.get(name), {case: origin, text} = former.get(name) ?? {};
  made?.querySelector(':scope > .former')?.remove();
  if (made && text && text !== cells.get(name)?.base) made.append(el('p', {class: 'former hint', dir: 'auto'}, fill(words.former, {case: origin}), ' ', el('span', {}, text)));
}

/** What holds as long as an answer is blank, such as what the year itself says. */
function tellKnown(name) {
  const made = sections.get(name), cell = cells.get(name);
  made.querySelector(':scope > .known')?.remove();
  if (cell?.editors.length && !cell.base && cell.answer.shown) cell.box.after(el('p', {class: 'known hint', dir: 'auto'}, words.known, ' ', el('span', {}, marked(cell.answer.shown))));
}

async function confirm(item) {
  const outcome = await sync.enqueue('acts/confirm', {item});
  if (outcome.delta) apply(outcome.delta);
  for (const found of outcome.problems ?? []) say(`${found.message} ${found.hint ?? ''}`, 'error');
}

// ---------------------------------------------------------------- what changed

/** Shows what changed; `mark` is done to each cell that says something else. */
function apply(delta, mark = null) {
  if (!delta || delta.form !== page.form || delta.version === page.version) return;
  if (delta.before !== page.version) { catchUp(); return; }
  page.version = delta.version;
  const before = new Map([...carried.keys()].map(name => [name, cells.get(name)?.base]));
  for (const [name, answer] of Object.entries(delta.answers ?? {})) {
    const cell = cells.get(name), made = sections.get(name);
    if (made) { made.hidden = answer.relevant === false; if (made.star) made.star.hidden = !answer.required; }
    if (cell) { const before = cell.base; cell.take(answer); if (cell.base !== before) mark?.(cell); tellKnown(name); }
  }
  for (const [name, change] of Object.entries(delta.tables ?? {})) tables.get(name)?.take(change, mark);
  for (const [name, origin] of Object.entries(delta.carried ?? {})) {
    if (!origin && carried.has(name)) former.set(name, {case: carried.get(name), text: before.get(name)});
    tellCarried(name, origin);
  }
  for (const name of former.keys()) tellFormer(name);
  tellWaiting();
  if (delta.problems) { page.problems = delta.problems; showProblems(delta.problems, apply); }
  tellHomeless();
}
onApplied(apply);
onTableApplied(apply);

let catching = null, heard = null;
/** Asks for all that changed since the version that is shown. */
function catchUp() {
  catching ??= (async () => {
    try {
      const found = await get(`${formBase}/since?version=${encodeURIComponent(page.version)}`);
      heard = null;
      if (found.kind === 'delta') apply(found.delta, flash);
      else if (found.kind === 'page') whole(found.page);
      else if (found.status === 404) location.reload();
    } catch (error) { if (!(error instanceof Unreachable)) throw error; } finally { catching = null; }
  })();
  return catching;
}

/** The whole page anew; what is being typed stays. */
function whole(fresh) {
  const focused = document.activeElement?.dataset?.at;
  page = fresh;
  draw();
  restoreKept();
  cells.get(focused)?.focus();
  loadComments();
}

/** What is kept in this browser goes back to its place. */
function restoreKept() {
  for (const [at, value] of Object.entries(sync.unsent())) cells.get(at)?.restore(value);
  tellHomeless();
}

/** Where there is no place any more for what is kept, it is shown to be copied; it goes back where there is one again. */
function tellHomeless() {
  const box = document.getElementById('homeless');
  const homeless = Object.entries(sync.unsent()).filter(([at]) => !cells.get(at)?.editors.length);
  const told = homeless.map(([at]) => at).join(' ');
  if ((box?.dataset.told ?? '') === told) return;
  for (const at of (box?.dataset.told ?? '').split(' ')) { const kept = sync.unsent()[at]; if (kept) cells.get(at)?.restore(kept); }
  box?.remove();
  if (!homeless.length) return;
  for (const [at] of homeless) sync.fault(at);
  const drop = () => { document.getElementById('homeless').remove(); for (const [at] of homeless) sync.forget(at); };
  items.before(el('div', {id: 'homeless', class: 'contest', role: 'alert', 'data-told': told}, el('p', {}, words.homeless), el('ul', {}, homeless.map(([, {typed}]) => el('li', {}, typed || words.blank))), buttons([words.leaveOut, drop])));
}

const by = new Map(); // by place, who changed it just now, and until when that is told
const TOLD = 5000; // milliseconds
function flash(cell) {
  if (cell.isMine) return;
  const {who, until} = by.get(cell.at) ?? {};
  cell.box.classList.remove('flash');
  void cell.box.offsetWidth;
  cell.box.classList.add('flash');
  if (!who || until < Date.now()) return;
  cell.box.dataset.by = who;
  clearTimeout(cell.named);
  cell.named = setTimeout(() => delete cell.box.dataset.by, TOLD);
}

listen({
  changed: ({version, entries}) => {
    for (const each of entries) if (each.form === told.form && each.who !== told.person) by.set(placeOf(each.item, each.row, each.column), {who: each.shown, until: Date.now() + 6 * TOLD});
    if (entries.some(each => ['comment', 'settled', 'reopened'].includes(each.kind))) loadComments();
    heard = version;
    if (!sync.isBusy()) hear();
  },
  people: found => showPeople(found, document.getElementById('people')),
  back: () => { ping(); catchUp(); },
  lost: ping,
});
/** Catches up with what was heard while acts were on their way, whatever came of them. */
function hear() { if (heard && heard !== page.version) catchUp(); }
sync.onQuiet(hear);

// ---------------------------------------------------------------- keys

const isText = element => element?.matches?.('textarea, input[type=text]');
const atStart = element => !isText(element) || (element.selectionStart === 0 && element.selectionEnd === 0);
const atEnd = element => !isText(element) || (element.selectionStart === element.value.length && element.selectionEnd === element.value.length);
const isWhole = element => isText(element) && element.selectionStart === 0 && element.selectionEnd === element.value.length;
const rtl = document.getElementById('sheet').dir === 'rtl';

document.addEventListener('keydown', event => {
  const element = event.target, cell = cells.get(element.dataset?.at);
  if (event.code === 'Space' && (event.shiftKey || event.ctrlKey) && isText(element)) {
    event.preventDefault();
    element.setRangeText('\u200c', element.selectionStart, element.selectionEnd, 'end');
    element.dispatchEvent(new Event('input', {bubbles: true}));
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ' && !event.shiftKey && !cell?.isDirty && !document.querySelector('dialog[open]')) { event.preventDefault(); undo(); return; }
  if (!cell || event.isComposing || event.defaultPrevented) return;
  if (event.altKey && event.code === 'KeyH') { event.preventDefault(); showHistory(cell); return; }
  if (event.altKey && event.code === 'KeyC') { event.preventDefault(); write(targetOf(cell.at)); return; }
  if (event.altKey && event.code === 'Enter') { const name = targetOf(cell.at).item; if (sections.get(name)?.querySelector(':scope > .carried')) { event.preventDefault(); confirm(name); return; } }
  if (event.altKey && event.code === 'KeyR' && cell.compact) { event.preventDefault(); tables.get(targetOf(cell.at).item).openMenu(targetOf(cell.at).row, element); return; }
  if (event.altKey && event.key === 'ArrowDown' && cell.field.entry === 'date') { event.preventDefault(); openCalendar(element); return; }
  if (event.key === 'Escape' && cell.isDirty) { event.preventDefault(); cell.letGo(); return; }
  if (!cell.compact) return;
  const to = direction(event, element);
  if (!to) return;
  const next = beside(cell, to.down ?? 0, to.along ?? 0);
  if (next) { event.preventDefault(); next.focus(); const box = next.editors[0]; if (isText(box)) box.select(); }
  else if (event.key === 'Enter' && to.down > 0) { event.preventDefault(); lastRow(cell); }
});

function direction(event, element) {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.key === 'Enter') return event.altKey ? newline(event, element) : {down: event.shiftKey ? -1 : 1};
  if (event.altKey || event.shiftKey || element.type === 'radio') return null;
  if (element.tagName === 'SELECT' && event.key.match(/^Arrow(Up|Down)$/)) return null; // they choose
  const many = isText(element) && element.value.includes('\n');
  if (event.key === 'ArrowDown' && (!many || atEnd(element))) return {down: 1};
  if (event.key === 'ArrowUp' && (!many || atStart(element))) return {down: -1};
  // An arrow leads to the cell at its side once the caret is at that side of the text.
  const isTurned = rtl && element.dir === 'ltr', [beginning, end] = isTurned ? [atEnd, atStart] : [atStart, atEnd];
  if (event.key === (rtl ? 'ArrowLeft' : 'ArrowRight') && (end(element) || isWhole(element))) return {along: 1};
  if (event.key === (rtl ? 'ArrowRight' : 'ArrowLeft') && (beginning(element) || isWhole(element))) return {along: -1};
  return null;
}

function newline(event, element) {
  if (element.tagName !== 'TEXTAREA') return null;
  event.preventDefault();
  element.setRangeText('\n', element.selectionStart, element.selectionEnd, 'end');
  element.dispatchEvent(new Event('input', {bubbles: true}));
  return null;
}

/** Enter in the last row begins another one, as in a list. */
async function lastRow(cell) {
  const {item, row, column} = targetOf(cell.at), table = tables.get(item);
  await cell.send();
  const made = table?.rows.get(row);
  if (table?.free && made && !made.element.nextElementSibling && made.cells.some(each => each.base)) table.insert(row, 1, false, column);
}

document.addEventListener('paste', event => {
  const cell = cells.get(event.target.dataset?.at);
  if (!cell?.compact) return;
  const block = blockOf(event.clipboardData);
  if (!block) return;
  event.preventDefault();
  pasteInto(cell, block, tables.get(targetOf(cell.at).item), apply);
});

// The answer in hand: its history and comments, and what is said of it.
document.addEventListener('focusin', event => {
  const cell = cells.get(event.target.dataset?.at);
  if (cell) about(cell);
});

const side = document.getElementById('side');
const card = el('section', {id: 'about', hidden: true});
side.prepend(card);
function about(cell) {
  const field = cell.field;
  card.hidden = false;
  card.replaceChildren(
    el('h2', {dir: 'auto'}, cell.label), ...[field.kind, ...(cell.compact ? field.helps ?? [] : []), field.constraint, ...(field.conditions ?? []), ...(field.notes ?? [])].filter(Boolean).map(text => el('p', {class: 'hint', dir: 'auto'}, text)),
    el('div', {class: 'buttons'}, el('button', {type: 'button', class: 'small', title: 'Alt+H', click: () => showHistory(cell)}, words.history), el('button', {type: 'button', class: 'small', title: 'Alt+C', click: () => write(targetOf(cell.at))}, words.comment)));
}

// ---------------------------------------------------------------- undo, state

document.getElementById('undo').addEventListener('click', undo);
async function undo() {
  const outcome = await sync.enqueue('undo', {});
  if (outcome.kind === 'nothing') { say(words.nothingToUndo); return; }
  if (outcome.delta) apply(outcome.delta);
  if (outcome.kept?.length) say(`${words.kept} ${outcome.kept.map(each => each.after || words.blank).join(comma)}`, 'warning');
  else if (outcome.outcome === 'written') say(words.undone);
  for (const found of outcome.problems ?? []) say(`${found.message} ${found.hint ?? ''}`, 'error');
}

sync.onState((now, offline, pause) => {
  state.textContent = offline ? words.offline : pause ? fill(words.pause, {seconds: digits(pause)}) : words[now];
  state.className = offline ? 'offline' : pause ? 'waiting' : now;
});

draw();
restoreKept();
loadComments();
