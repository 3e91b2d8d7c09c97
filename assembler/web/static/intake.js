// The page of departments' tables: files are dropped on it, columns are dragged; all it does works without it too.
const SCROLL = 'intake-scroll';

const drop = document.getElementById('drop');
if (drop) {
  const given = document.getElementById('given');
  const over = on => drop.classList.toggle('over', on);
  for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, event => { event.preventDefault(); over(true); });
  for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => over(false));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    given.files = event.dataTransfer.files;
    given.form.requestSubmit();
  });
}

/** Says what was chosen at once; the page comes back where it was. */
function say(form) {
  sessionStorage.setItem(SCROLL, JSON.stringify([location.pathname, scrollY, document.activeElement?.id ?? '']));
  form.requestSubmit();
}
const [path, top, focus] = JSON.parse(sessionStorage.getItem(SCROLL) ?? '[]');
sessionStorage.removeItem(SCROLL);
if (path === location.pathname) {
  if (focus) document.getElementById(focus)?.focus({preventScroll: true});
  scrollTo(0, top);
}

for (const form of document.querySelectorAll('.intake form')) {
  form.addEventListener('change', () => say(form));
  for (const chip of form.querySelectorAll('[draggable]')) chip.addEventListener('dragstart', event => {
    event.dataTransfer.setData('text/plain', chip.dataset.column);
    event.dataTransfer.effectAllowed = 'copy';
    dragged = {form, column: chip.dataset.column};
  });
  for (const head of form.querySelectorAll('[data-drop]')) {
    head.addEventListener('dragover', event => { if (dragged?.form === form) { event.preventDefault(); head.classList.add('over'); } });
    head.addEventListener('dragleave', () => head.classList.remove('over'));
    head.addEventListener('drop', event => {
      event.preventDefault();
      if (dragged?.form !== form) return;
      head.querySelector('select').value = dragged.column;
      say(form);
    });
  }
}
let dragged = null;
