// The edge of the panel beside a list: drag or arrow keys change its width, which the browser keeps.
const key = 'actors-peek-width';

export function attach(panel, min, max) {
  if (!panel) {
    return null;
  }
  const edge = panel.querySelector('.splitter');

  const set = width => {
    const now = Math.round(Math.min(max, innerWidth * 0.8, Math.max(min, width)));
    panel.parentElement.style.setProperty('--peek', `${now}px`);
    edge.setAttribute('aria-valuenow', now);
    return now;
  };
  const keep = width => localStorage.setItem(key, set(width));

  const onPointer = e => {
    if (e.button !== 0) {
      return;
    }
    e.preventDefault();
    edge.setPointerCapture(e.pointerId);
    const right = panel.getBoundingClientRect().right;
    const onMove = move => set(right - move.clientX);
    edge.addEventListener('pointermove', onMove);
    edge.addEventListener('lostpointercapture', () => {
      edge.removeEventListener('pointermove', onMove);
      keep(panel.offsetWidth);
    }, { once: true });
  };
  const onKey = e => {
    const by = { ArrowLeft: 24, ArrowRight: -24 }[e.key];
    if (by) {
      e.preventDefault();
      keep(panel.offsetWidth + by);
    }
  };

  edge.addEventListener('pointerdown', onPointer);
  edge.addEventListener('keydown', onKey);
  const kept = Number(localStorage.getItem(key));
  if (kept > 0) {
    set(kept);
  }

  return {
    dispose() {
      edge.removeEventListener('pointerdown', onPointer);
      edge.removeEventListener('keydown', onKey);
    },
  };
}
