// Keeps a conversation where its reader is: at the turn that was chosen, or at the end while it grows.
const near = 80;

export function attach(el) {
  // The conversation may have left the page while the call was on its way; the next render asks again.
  if (!el) {
    return null;
  }

  let atEnd = true;
  let placed = false;
  const onScroll = () => { atEnd = el.scrollTop + el.clientHeight > el.scrollHeight - near; };
  el.addEventListener('scroll', onScroll, { passive: true });

  return {
    reveal(id) {
      placed = true;
      const turn = el.querySelector(`#${CSS.escape(id)}`);
      if (turn) {
        el.scrollTop += turn.getBoundingClientRect().top - el.getBoundingClientRect().top;
      }
    },
    grown() {
      // The first look is at the beginning; from then on whoever has gone to the end stays there.
      if (placed && atEnd) {
        el.scrollTop = el.scrollHeight;
      }
      placed = true;
      onScroll();
    },
    dispose: () => el.removeEventListener('scroll', onScroll),
  };
}
