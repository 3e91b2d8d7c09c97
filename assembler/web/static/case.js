// The page of a case: checks and builds, told as they go on, also after the page was loaded anew.
import {brief, digits, el, fill, prose, told, words} from './dom.js';
import {base, get, onPause, post} from './net.js';

const place = document.getElementById('job');
const LOOK = 700; // milliseconds
let watching = 0;

for (const button of document.querySelectorAll('[data-job]')) {
  button.addEventListener('click', async () => {
    const found = await post(`${base}/jobs/begin/${button.dataset.job}`, {draft: 'draft' in button.dataset}).catch(() => null);
    if (found?.job) watch(found.job);
    else if (place) place.replaceChildren(el('p', {class: 'fault'}, prose(found?.problems?.[0]?.message ?? words.offline)));
  });
}

async function watch(job) {
  const mine = ++watching;
  show(job);
  while (mine === watching && (job.state === 'waiting' || job.state === 'running')) {
    await new Promise(done => setTimeout(done, LOOK));
    const found = await get(`${base}/jobs/${job.id}`).catch(() => null);
    if (found?.job) show(job = found.job);
  }
  if (mine === watching && job.state === 'done' && job.kind === 'build' && shownAsGoing) location.reload();
}

let shownAsGoing = false;
function show(job) {
  if (!place) return;
  if (job.state === 'waiting' || job.state === 'running') {
    shownAsGoing = true;
    const step = job.state === 'waiting' ? words.waitingJob : job.step || (job.kind === 'check' ? words.checking : words.building);
    place.replaceChildren(el('p', {}, step), job.total ? el('progress', {max: job.total, value: job.done, 'aria-label': step}) : el('progress', {'aria-label': step}));
    return;
  }
  const counts = job.counts ?? {};
  const text = {done: job.kind === 'check' ? words.checked : words.built, failed: words.jobFailed, died: words.jobDied}[job.state];
  const problems = job.problems ?? [], open = problems.filter(each => each.severity !== 'information');
  const remarks = problems.filter(each => each.severity === 'information');
  place.replaceChildren(
    el('p', {class: job.state === 'done' ? 'sound' : 'fault'}, `${text} · ${job.who} · ${job.when}`),
    el('p', {class: 'counts'}, counts.error ? el('span', {class: 'badge error'}, `${words.errors}: ${digits(counts.error)}`) : '', counts.warning ? el('span', {class: 'badge warning'}, `${words.warnings}: ${digits(counts.warning)}`) : '', job.state === 'done' && !counts.error && !counts.warning ? words.allClear : ''),
    list(job.state === 'failed' ? open.filter(each => each.severity === 'error') : open),
    remarks.length && job.state === 'done' ? el('details', {class: 'aside'}, el('summary', {}, `${words.notes}: ${digits(counts.information ?? remarks.length)}`), list(remarks, true)) : '');
}

/** Problems by form, each leading to it. */
function list(problems, isFolded = false) {
  const forms = Map.groupBy ? Map.groupBy(problems, each => each.form ?? '') : problems.reduce((all, each) => all.set(each.form ?? '', [...(all.get(each.form ?? '') ?? []), each]), new Map());
  return el('div', {}, [...forms].map(([form, found]) => el('details', {open: !isFolded && forms.size < 4}, el('summary', {}, `${titleOf(form)} (${digits(found.length)})`), el('ul', {class: 'problems'}, found.map(each => el('li', {class: each.severity},
    form ? el('a', {href: `${base}/forms/${form.split('/').map(encodeURIComponent).join('/')}`}, prose(each.message)) : brief(each.message), each.where ? el('span', {class: 'where'}, each.where) : null, each.hint ? el('span', {class: 'hint'}, prose(each.hint)) : null))))));
}
const titleOf = form => form ? told.titles[form] ?? form : words.wholeCase;

onPause(seconds => { if (seconds) place?.replaceChildren(el('p', {}, fill(words.pause, {seconds: digits(seconds)}))); });
if (told.job) watch(told.job);
