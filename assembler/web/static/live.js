// What others do, as it happens: the page hears that something changed and asks for what it may see of it.
import {el, told, words} from './dom.js';
import {base} from './net.js';

const AGAIN = 4000; // milliseconds

export function listen({changed, people, back, lost}) {
  let last = told.last ?? '', isLost = false;
  const hear = (source, name, call) => source.addEventListener(name, event => { last = event.lastEventId || last; call(JSON.parse(event.data)); });
  function begin() {
    const source = new EventSource(`${base}/events?${new URLSearchParams({form: told.form ?? '', last})}`);
    source.addEventListener('open', () => { if (isLost) back(); isLost = false; });
    source.addEventListener('error', () => {
      if (!isLost) lost();
      isLost = true;
      if (source.readyState === EventSource.CLOSED) setTimeout(begin, AGAIN); // it was refused: a session ended
    });
    hear(source, 'changed', changed);
    hear(source, 'people', people);
    source.addEventListener('end', () => { source.close(); location.reload(); });
  }
  begin();
}

export function showPeople(found, place) {
  const here = found.filter(each => each.form === told.form);
  place.replaceChildren(...(here.length ? [el('span', {class: 'unseen'}, words.here), ...here.map(each => el('span', {class: 'person', title: each.shown}, each.shown))] : []));
}
