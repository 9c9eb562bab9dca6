// Everything that opens over the page is a popover of the browser: it closes on Escape and on a click beside it, and gives the
// keyboard back. Here it is placed, given the keyboard, and closed once something in it was chosen. No circuit is involved.
const gap = 4;
const margin = 8;
const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled)';

// What can be seen, for a panel may hold others that are closed.
const first = (popup, selector) => [...popup.querySelectorAll(selector)].find(el => el.checkVisibility());
const opener = popup => document.querySelector(`[popovertarget="${popup.id}"]`);

// Beside the button that opens it, on the side where there is more room.
function place(popup) {
  const button = opener(popup)?.getBoundingClientRect();
  if (!button) {
    return;
  }

  const style = popup.style;
  const below = innerHeight - button.bottom - gap - margin;
  const above = button.top - gap - margin;
  const under = below >= Math.min(320, above);
  style.top = under ? `${button.bottom + gap}px` : 'auto';
  style.bottom = under ? 'auto' : `${innerHeight - button.top + gap}px`;
  style.maxHeight = `${Math.max(under ? below : above, 120)}px`;
  const left = button.left + button.width / 2 < innerWidth / 2;
  const narrow = innerWidth < 600;
  style.left = narrow ? `${margin}px` : left ? `${button.left}px` : 'auto';
  style.right = narrow ? `${margin}px` : left ? 'auto' : `${innerWidth - button.right}px`;
}

const popover = target => (target instanceof Element && target.matches('[popover]') ? target : null);

// These do not bubble.
document.addEventListener('beforetoggle', e => {
  const popup = popover(e.target);
  if (popup?.matches('.popup') && e.newState === 'open') {
    place(popup);
  }
}, true);

document.addEventListener('toggle', e => {
  const popup = popover(e.target);
  if (popup) {
    opener(popup)?.setAttribute('aria-expanded', e.newState === 'open');
    if (e.newState === 'open') {
      (first(popup, '[autofocus], [aria-current=true]') ?? first(popup, focusable))?.focus();
    }
  }
}, true);

document.addEventListener('click', e => {
  const chosen = e.target instanceof Element ? e.target.closest('a[href], [data-close]') : null;
  for (let at = chosen?.closest('[popover]'); at; at = at.parentElement?.closest('[popover]')) {
    if (at.matches(':popover-open')) {
      at.hidePopover();
    }
  }
});

// Up and down walk through what can be chosen; fields keep their arrows.
document.addEventListener('keydown', e => {
  const popup = e.target instanceof Element ? e.target.closest('.popup') : null;
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!popup || !step || e.target.matches('select, input:not([type=checkbox])')) {
    return;
  }

  const items = [...popup.querySelectorAll(focusable)].filter(el => el.checkVisibility());
  items[(items.indexOf(e.target) + step + items.length) % items.length]?.focus();
  e.preventDefault();
});
