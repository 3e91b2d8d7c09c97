// What is asked of the server. A session that ended is renewed in place; a server that does not answer is told apart.
import {ask, el, prose, told, words} from './dom.js';

let csrf = told.csrf;
let reach = () => {}, pause = () => {};
const LONGEST = 120; // seconds the server may ask to wait
export class Unreachable extends Error {}

export const base = `/cases/${encodeURIComponent(told.case)}`;
export const formBase = told.form ? `${base}/forms/${told.form.split('/').map(encodeURIComponent).join('/')}` : base;

/** Calls back after each request: whether the server answered it. */
export function onReach(call) { reach = call; }

/** Calls back with how many seconds the server asked to wait, and with 0 when they are over. */
export function onPause(call) { pause = call; }

/** Sends data (an object as JSON, or a FormData) and gives the answer with its `status`. Throws Unreachable. */
export async function post(path, data = {}) {
  const isForm = data instanceof FormData;
  return await sent(path, () => ({
    method: 'POST',
    headers: {'X-CSRFToken': csrf, Accept: 'application/json', ...(isForm ? {} : {'Content-Type': 'application/json'})},
    body: isForm ? data : JSON.stringify(data),
  }));
}

export const get = path => sent(path, () => ({headers: {Accept: 'application/json'}}));

/** Asks whether the server answers again. */
export const ping = () => get('/alive').catch(() => null);

async function sent(path, options) {
  for (let renewed = false; ;) {
    const {response, answer} = await asked(path, options);
    if (response.status === 429) { // asked for too much at once: the same goes out again when it may
      const seconds = Math.min(LONGEST, Math.max(1, parseInt(response.headers.get('Retry-After')) || 5));
      pause(seconds);
      await new Promise(done => setTimeout(done, seconds * 1000));
      pause(0);
    } else if (response.status === 401) {
      csrf = answer.csrf;
      await signIn(answer.message);
    } else if (response.status === 403 && answer.kind === 'failed' && !renewed) {
      renewed = true; // somebody signed in beside us, in another window of this browser
      csrf = (await asked('/alive', () => ({headers: {Accept: 'application/json'}}))).answer.csrf;
    } else {
      const problems = response.ok || answer.problems ? {} : {problems: [{message: answer.message ?? words.failed, hint: ''}]};
      return {...answer, ...problems, status: response.status};
    }
  }
}

async function asked(path, options) {
  let response, answer;
  try {
    response = await fetch(path, {...options(), credentials: 'same-origin', redirect: 'error'});
    answer = await response.json();
  } catch { response = null; }
  const answered = response !== null && response.status < 500;
  reach(answered);
  if (!answered) throw new Unreachable();
  return {response, answer};
}

let signing = null;

/** Asks for name and password in a dialog over what is being typed; however many requests wait for it, once. */
function signIn(message) {
  signing ??= ask(words.signIn, end => {
    const fault = el('p', {class: 'fault', role: 'alert'});
    const name = el('input', {id: 'again-name', dir: 'ltr', autocomplete: 'username', value: told.person, required: true});
    const password = el('input', {id: 'again-password', type: 'password', dir: 'ltr', autocomplete: 'current-password', required: true});
    const submit = async event => {
      event.preventDefault();
      const data = new FormData();
      data.append('name', name.value);
      data.append('password', password.value);
      try {
        const response = await fetch('/sign-in', {method: 'POST', body: data, headers: {'X-CSRFToken': csrf, Accept: 'application/json'}});
        const answer = await response.json();
        if (!response.ok) { fault.replaceChildren(...prose(answer.problems?.[0]?.message ?? answer.message)); password.value = ''; return; }
        csrf = answer.csrf;
        if (answer.name !== told.person) location.reload();
        end(true);
      } catch { fault.textContent = words.offline; }
    };
    setTimeout(() => password.focus());
    return [el('p', {}, message), fault, el('form', {class: 'fields', submit},
      el('label', {for: 'again-name'}, words.name), name, el('label', {for: 'again-password'}, words.password), password,
      el('button', {class: 'main'}, words.signIn))];
  }).finally(() => { signing = null; });
  return signing;
}
