// Beside the sheet: problems that lead to their places, what is said of an answer, comments, the history of a cell.
import {cells, placeOf, targetOf} from './cells.js';
import {ask, buttons, digits, el, prose, say, told, words} from './dom.js';
import {formBase, get, post} from './net.js';
import * as sync from './sync.js';

const list = document.getElementById('problems'), count = document.getElementById('count');
const BLANK = 'required'; // the code of an answer that is needed and was not given
const where = problem => placeOf(problem.item ?? '', problem.row ?? '', problem.column ?? '');

/** Where a problem is shown: its cell, else its item. */
function spotOf(problem) {
  return cells.get(where(problem)) ?? cells.get(problem.item);
}

export function showProblems(found, applied) {
  document.querySelectorAll('.cell > .problem').forEach(each => each.remove());
  document.querySelectorAll('[aria-invalid]').forEach(each => { each.removeAttribute('aria-invalid'); each.removeAttribute('aria-describedby'); });
  document.querySelectorAll('.cell.has-error, .cell.has-warning, .cell.is-missing').forEach(each => each.classList.remove('has-error', 'has-warning', 'is-missing'));
  const open = found.filter(each => !each.accepted);
  const counted = open.filter(each => each.severity !== 'information');
  count.textContent = counted.length ? digits(counted.length) : '';
  const entries = each => each.map(problem => entry(problem, applied));
  list.replaceChildren(...(counted.length ? entries(counted) : [el('li', {class: 'sound'}, words.noProblems)]));
  aside('remarks', words.notes, entries(open.filter(each => each.severity === 'information')));
  aside('standing', words.stand, entries(found.filter(each => each.accepted)));
  open.forEach((problem, n) => mark(problem, n));
}

/** What is no open problem stands folded below them, each kind with its own number. */
function aside(id, title, entries) {
  const was = document.getElementById(id);
  const isOpen = was?.open ?? false;
  was?.remove();
  if (entries.length) list.parentElement.append(el('details', {id, class: 'aside', open: isOpen}, el('summary', {}, `${title}: ${digits(entries.length)}`), el('ul', {class: 'problems'}, entries)));
}

function mark(problem, n) {
  const cell = spotOf(problem);
  if (!cell || problem.severity === 'information') return;
  const id = `p${n}`;
  const isBlank = problem.code === BLANK; // nobody has come here yet: that is no fault of what was answered
  cell.box.classList.add(isBlank ? 'is-missing' : problem.severity === 'error' ? 'has-error' : 'has-warning');
  cell.box.append(el('p', {class: `problem ${isBlank ? 'missing' : problem.severity}`, id, dir: 'auto'}, isBlank ? words.missing : prose(problem.message)));
  for (const editor of cell.editors ?? []) { if (problem.severity === 'error') editor.setAttribute('aria-invalid', 'true'); editor.setAttribute('aria-describedby', id); }
}

function entry(problem, applied) {
  const jump = el('button', {type: 'button', class: 'jump', click: () => go(problem)}, prose(problem.message));
  const isPlain = problem.code === BLANK; // it says itself what to do, and where unless in a row
  const more = [problem.where && !(isPlain && !problem.row) ? el('span', {class: 'where'}, problem.where) : null, problem.hint && !isPlain ? el('span', {class: 'hint'}, prose(problem.hint)) : null];
  if (problem.accepted) more.push(el('span', {class: 'hint'}, `${words.accepted}: ${problem.accepted}`));
  else if (problem.acceptable && told.may.accept) more.push(el('button', {type: 'button', class: 'small', click: () => accept(problem, applied)}, words.accept));
  return el('li', {class: `${problem.severity}${problem.accepted ? ' accepted' : ''}`}, jump, more);
}

function go(problem) {
  const cell = spotOf(problem), section = document.querySelector(`[data-item="${CSS.escape(problem.item ?? '')}"]`);
  const target = cell?.box ?? section;
  target?.scrollIntoView({block: 'center'});
  if (cell?.editors?.length) cell.focus(); else section?.querySelector('input,textarea,select,button')?.focus();
}

async function accept(problem, applied) {
  const reason = el('textarea', {id: 'why', rows: 3, required: true});
  const fields = el('div', {class: 'fields'}, el('label', {for: 'why'}, words.acceptWhy), reason);
  const send = () => sync.enqueue('acts/accept', {place: problem.place, code: problem.code, why: reason.value.trim()});
  const outcome = await sentBy(words.accept, [el('p', {}, prose(problem.message)), fields], reason, words.accept, send);
  if (outcome?.delta) applied(outcome.delta);
}

/** Asks for a text in a dialog and sends it; as long as it cannot be taken the dialog stays, with the reason. */
function sentBy(title, content, text, does, send) {
  return ask(title, end => {
    const fault = el('p', {class: 'fault', role: 'alert'});
    const submit = async () => {
      if (!text.value.trim()) { text.focus(); return; }
      const found = await send().catch(() => ({problems: [{message: words.offline}]}));
      if (found.problems?.length) fault.replaceChildren(...prose(found.problems.map(each => `${each.message} ${each.hint ?? ''}`).join(' '))); else end(found);
    };
    return [...content, fault, buttons([does, submit, 'main'], [words.cancel, () => end(null)])];
  });
}

// ---------------------------------------------------------------- of an answer

/** Who changed an answer, from what to what. */
export async function showHistory(cell) {
  const found = await get(`${formBase}/past?${new URLSearchParams(targetOf(cell.at))}`).catch(() => null);
  if (!found) { say(words.offline, 'error'); return; }
  await ask(`${words.history}: ${cell.label}`, end => [
    found.entries?.length ? el('ol', {class: 'history'}, found.entries.map(each => el('li', {}, el('strong', {}, each.who), ` ${each.when}: `, el('s', {}, each.before || words.blank), ' ← ', el('ins', {}, each.after || words.blank)))) : el('p', {}, words.noHistory),
    buttons([words.close, () => end(null)]),
  ]);
}

// ---------------------------------------------------------------- comments

const box = document.getElementById('comments');
let people = [], comments = [];

export async function loadComments() {
  const found = await get(`${formBase}/comments`).catch(() => null);
  if (!found?.comments) return;
  ({comments, people} = found);
  drawComments();
}

function drawComments() {
  document.querySelectorAll('.cell.commented').forEach(each => each.classList.remove('commented'));
  const first = comments.filter(each => !each.answers);
  for (const each of first) if (!each.settled) cells.get(placeOf(each.item, each.row, each.column))?.box.classList.add('commented');
  box.replaceChildren(
    el('button', {type: 'button', class: 'small', click: () => write({})}, `${words.comment}: ${words.whole}`),
    el('ul', {class: 'comments'}, first.map(each => el('li', {class: each.settled ? 'settled' : null}, comment(each), comments.filter(other => other.answers === each.number).map(comment), tools(each)))));
}

function comment(each) {
  const cell = cells.get(placeOf(each.item, each.row, each.column));
  return el('div', {class: 'comment'}, el('p', {class: 'hint'}, el('strong', {}, each.who), each.to ? ` ← ${each.to}` : '', ` · ${each.when}`),
    cell && !each.answers ? el('button', {type: 'button', class: 'jump', click: () => { cell.box.scrollIntoView({block: 'center'}); cell.focus(); }}, cell.label) : null, el('p', {}, each.text));
}

function tools(each) {
  if (each.settled) return el('p', {class: 'hint'}, `${words.settledBy} ${each.settled} `, el('button', {type: 'button', class: 'small', click: () => settle(each, false)}, words.reopen));
  return el('div', {class: 'buttons'}, el('button', {type: 'button', class: 'small', click: () => write({answers: each.number})}, words.answerTo), el('button', {type: 'button', class: 'small', click: () => settle(each, true)}, words.settle));
}

async function settle(each, settled) {
  const found = await post(`${formBase}/comments/${each.number}/settle`, {settled}).catch(() => ({problems: [{message: words.offline}]}));
  for (const problem of found.problems ?? []) say(problem.message, 'error');
  await loadComments();
}

/** Writes a comment to a place, or to the form. */
export async function write(target) {
  const text = el('textarea', {id: 'comment-text', rows: 4, maxlength: 4000, required: true});
  const to = el('select', {id: 'comment-to'}, el('option', {value: ''}, words.everybody), people.filter(each => each.name !== told.person).map(each => el('option', {value: each.name}, each.shown)));
  const fields = el('div', {class: 'fields'}, el('label', {for: 'comment-text'}, words.comment), text, el('label', {for: 'comment-to'}, words.to), to);
  const send = () => post(`${formBase}/comments/add`, {...target, text: text.value.trim(), to: to.value});
  if (await sentBy(words.comment, [fields], text, words.send, send)) await loadComments();
}
