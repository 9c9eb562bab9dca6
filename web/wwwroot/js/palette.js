// The palette opens at once and by itself: the circuit only fills it. The text belongs to the browser, so that no answer
// overwrites what is being written, and keys reach the circuit in the order in which they were pressed.
const choosing = new Set(['ArrowDown', 'ArrowUp', 'Enter']);

export function attach(dialog, net) {
  if (!dialog) {
    return null;
  }

  const input = dialog.querySelector('input');
  const call = (name, ...args) => net.invokeMethodAsync(name, ...args).catch(() => {});

  const open = () => {
    if (dialog.open) {
      dialog.close();
      return;
    }
    input.value = '';
    dialog.showModal();
    call('OnOpenAsync');
  };

  const onPageKey = e => {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k') {
      e.preventDefault();
      open();
    }
  };
  const onPageClick = e => {
    if (e.target instanceof Element && e.target.closest('[data-palette]')) {
      open();
    }
  };
  const onKey = e => {
    if (choosing.has(e.key) && !e.isComposing && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      call('OnKeyAsync', e.key);
    }
    // Keys of the page mean nothing in here.
    e.stopPropagation();
    onPageKey(e);
  };
  const onInput = () => call('OnWrite', input.value);
  // A click beside the panel, or on something in it, closes it.
  const onClick = e => {
    if (e.target === dialog || e.target.closest('[role=option]')) {
      dialog.close();
    }
  };

  document.addEventListener('keydown', onPageKey);
  document.addEventListener('click', onPageClick);
  input.addEventListener('input', onInput);
  dialog.addEventListener('keydown', onKey);
  dialog.addEventListener('click', onClick);

  return {
    close: () => dialog.close(),
    reveal() {
      if (dialog.open) {
        dialog.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
      }
    },
    dispose() {
      document.removeEventListener('keydown', onPageKey);
      document.removeEventListener('click', onPageClick);
      input.removeEventListener('input', onInput);
      dialog.removeEventListener('keydown', onKey);
      dialog.removeEventListener('click', onClick);
      dialog.close();
    },
  };
}
