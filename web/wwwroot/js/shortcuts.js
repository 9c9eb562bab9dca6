// One key listener for the page. The circuit is called only for chords somebody registered.
const typing = target =>
  target instanceof Element && target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable=""], [contenteditable="true"]') !== null;

// A focused control keeps its own keys: Space and Enter press buttons and follow links.
const pressing = target => target instanceof Element && target.closest('button, a, summary, input, [role="button"], [role="menuitem"]') !== null;

const name = e => (e.key === ' ' ? 'Space' : e.key);

export function listen(net) {
  let chords = new Set();
  let prefixes = new Set();
  let prefix = null;
  let prefixAt = 0;

  const onKey = e => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.repeat && e.key === ' ') {
      return;
    }
    const key = name(e);
    // A panel over the page has its keys to itself, and Escape closes it before it means anything else.
    if (e.target instanceof Element && e.target.closest('.popup') || key === 'Escape' && document.querySelector(':popover-open, dialog:modal')) {
      return;
    }
    if (typing(e.target)) {
      if (key === 'Escape') {
        e.target.blur();
      }
      return;
    }
    if ((key === 'Space' || key === 'Enter') && pressing(e.target)) {
      return;
    }

    const chord = prefix !== null && e.timeStamp - prefixAt < 1200 ? `${prefix} ${key}` : key;
    prefix = null;
    if (chords.has(chord)) {
      e.preventDefault();
      net.invokeMethodAsync('OnShortcut', chord).catch(() => {});
    } else if (prefixes.has(key)) {
      // Not the key's own time: who presses the next one while a busy page gets round to this one has not hesitated.
      prefix = key;
      prefixAt = performance.now();
    }
  };

  document.addEventListener('keydown', onKey);
  return {
    set(list) {
      chords = new Set(list);
      prefixes = new Set(list.filter(c => c.includes(' ')).map(c => c.split(' ')[0]));
    },
    dispose: () => document.removeEventListener('keydown', onKey),
  };
}
